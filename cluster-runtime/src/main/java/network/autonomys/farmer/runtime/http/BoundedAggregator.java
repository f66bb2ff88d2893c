package network.autonomys.farmer.runtime.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Collects a request's body up to a limit; beyond it the handler's answer is sent and the rest dropped. */
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
        // The rest of the body is read and dropped, so that the client gets to read the answer.
        ctx.writeAndFlush(Answers.response(handler.tooLong(limit), true))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
