package network.autonomys.farmer.runtime.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Collects a request's body up to a limit; beyond it the handler's answer is sent and the connection closed. */
final class BoundedAggregator extends HttpObjectAggregator {
    private final int limit;
    private final ServerHandler handler;

    BoundedAggregator(int limit, ServerHandler handler) {
        super(limit);
        this.limit = limit;
        this.handler = handler;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        ctx.writeAndFlush(Answers.response(handler.tooLong(limit), false)).addListener(ChannelFutureListener.CLOSE);
    }
}
