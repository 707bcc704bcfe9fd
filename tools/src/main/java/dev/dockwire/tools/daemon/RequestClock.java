package dev.dockwire.tools.daemon;

import dev.dockwire.host.World;
import dev.dockwire.time.Timer;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Ends connections that only take up room: silent ones, and those whose request does not get done.
 * Does not run while a request is answered, or after the connection has been taken over.
 */
final class RequestClock extends ChannelInboundHandlerAdapter {

  /** The event that a request has taken too long. */
  static final Object LATE = new Object();

  private final World world;
  private final ApiLimits limits;
  private final Timer timer;
  private ChannelHandlerContext context;
  private boolean silent;

  RequestClock(World world, ApiLimits limits) {
    this.world = world;
    this.limits = limits;
    this.timer = world.timers().timer(_ -> expire());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    this.context = context;
    awaitRequest();
  }

  /** Nothing is asked at the moment. */
  void awaitRequest() {
    silent = true;
    arm(limits.idleNanos());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (silent) {
      silent = false;
      arm(limits.headNanos());
    }
    context.fireChannelRead(message);
  }

  /** The head is complete: now the body. */
  void headIsRead() {
    arm(limits.idleNanos());
  }

  /** The request is complete. */
  void stop() {
    silent = false;
    timer.cancel();
  }

  private void arm(long nanos) {
    timer.arm(world.now() + nanos);
  }

  private void expire() {
    if (silent) {
      context.close();
    } else {
      context.fireUserEventTriggered(LATE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    stop();
    context.fireChannelInactive();
  }
}
