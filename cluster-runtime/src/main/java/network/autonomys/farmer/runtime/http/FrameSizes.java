package network.autonomys.farmer.runtime.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;

/** Limits of WebSocket messages, and what becomes of longer ones. */
final class FrameSizes {
    private FrameSizes() {}

    /** A single frame somewhat beyond the limit can still be skipped; a far longer one ends the connection before it is read. */
    static int maxFrameBytes(int maxMessageBytes) {
        return Math.addExact(maxMessageBytes, maxMessageBytes / 4 + 1024);
    }

    static WebSocketDecoderConfig decoder(int maxMessageBytes) {
        return WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxFrameBytes(maxMessageBytes))
                .allowExtensions(false)
                .closeOnProtocolViolation(true)
                .withUTF8Validator(true)
                .build();
    }

    /** Joins the frames of a message; {@code tooLong} is called once for a message beyond the limit, which is dropped. */
    static WebSocketFrameAggregator aggregator(int maxMessageBytes, Runnable tooLong) {
        return new WebSocketFrameAggregator(maxMessageBytes) {
            @Override
            protected void handleOversizedMessage(ChannelHandlerContext ctx, WebSocketFrame oversized) {
                tooLong.run();
            }
        };
    }
}
