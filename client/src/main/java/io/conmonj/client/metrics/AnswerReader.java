package io.conmonj.client.metrics;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Reads an answer over HTTP to its end, which is that of its connection. */
final class AnswerReader extends ChannelInboundHandlerAdapter {
  /** Far more than the metrics of a monitor with all its accounts, methods and protocols. */
  private static final int LONGEST = 4 * 1024 * 1024;

  private static final String LENGTH = "\r\nContent-Length: ";

  private final CompletableFuture<String> answer;
  private final ByteArrayOutputStream read = new ByteArrayOutputStream();

  AnswerReader(CompletableFuture<String> answer) {
    this.answer = answer;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
    ByteBuf bytes = (ByteBuf) message;
    try {
      bytes.readBytes(read, bytes.readableBytes());
    } finally {
      bytes.release();
    }
    if (read.size() > LONGEST) {
      answer.completeExceptionally(new IOException("metrics of more than " + LONGEST + " bytes"));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    try {
      answer.complete(body(read.toByteArray()));
    } catch (IOException malformed) {
      answer.completeExceptionally(malformed);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    answer.completeExceptionally(cause);
  }

  /** What follows the head of an answer, if that is a good one and as long as it says. */
  private static String body(byte[] all) throws IOException {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("the monitor did not answer");
    }
    String head = text.substring(0, end);
    if (!head.startsWith("HTTP/1.1 200 ")) {
      throw new IOException("the monitor answered " + head.lines().findFirst().orElse(""));
    }
    int length = all.length - end - 4;
    int named = head.indexOf(LENGTH);
    String promised =
        named < 0 ? "" : head.substring(named + LENGTH.length()).lines().findFirst().orElse("");
    if (!promised.equals(Integer.toString(length))) {
      throw new IOException("the monitor's answer was cut off");
    }
    return new String(all, end + 4, length, StandardCharsets.UTF_8);
  }
}
