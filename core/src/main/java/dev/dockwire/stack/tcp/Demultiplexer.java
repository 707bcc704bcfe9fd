package dev.dockwire.stack.tcp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds the connection that a segment is for: a hash on both addresses and ports, and before it the
 * connection found last, because segments come in trains.
 */
final class Demultiplexer {

  private static final int FIRST_SIZE = 16;
  private static final Comparator<TcpConnection> ORDER =
      Comparator.comparing(TcpConnection::localAddress, Integer::compareUnsigned)
          .thenComparing(TcpConnection::localPort)
          .thenComparing(TcpConnection::remoteAddress, Integer::compareUnsigned)
          .thenComparing(TcpConnection::remotePort);

  private TcpConnection[] buckets = {};
  private TcpConnection last;
  private int size;

  TcpConnection find(int localAddress, int localPort, int remoteAddress, int remotePort) {
    if (last != null && last.isFor(localAddress, localPort, remoteAddress, remotePort)) {
      return last;
    }
    if (size == 0) {
      return null;
    }
    int bucket = bucket(localAddress, localPort, remoteAddress, remotePort);
    for (TcpConnection each = buckets[bucket]; each != null; each = each.nextInBucket) {
      if (each.isFor(localAddress, localPort, remoteAddress, remotePort)) {
        last = each;
        return each;
      }
    }
    return null;
  }

  void add(TcpConnection connection) {
    if (size >= buckets.length) {
      grow();
    }
    insert(connection);
    size++;
  }

  void remove(TcpConnection connection) {
    if (last == connection) {
      last = null;
    }
    int bucket = bucket(connection);
    TcpConnection before = null;
    for (TcpConnection each = buckets[bucket]; each != null; each = each.nextInBucket) {
      if (each == connection) {
        if (before == null) {
          buckets[bucket] = each.nextInBucket;
        } else {
          before.nextInBucket = each.nextInBucket;
        }
        each.nextInBucket = null;
        size--;
        return;
      }
      before = each;
    }
  }

  /** All connections, by local address and port, then by remote ones. */
  List<TcpConnection> list() {
    List<TcpConnection> all = new ArrayList<>(size);
    for (TcpConnection chain : buckets) {
      for (TcpConnection each = chain; each != null; each = each.nextInBucket) {
        all.add(each);
      }
    }
    all.sort(ORDER);
    return all;
  }

  /** Whether no connection is so. */
  boolean none(Predicate<TcpConnection> so) {
    for (TcpConnection chain : buckets) {
      for (TcpConnection each = chain; each != null; each = each.nextInBucket) {
        if (so.test(each)) {
          return false;
        }
      }
    }
    return true;
  }

  int size() {
    return size;
  }

  private void grow() {
    TcpConnection[] before = buckets;
    buckets = new TcpConnection[Math.max(FIRST_SIZE, 2 * before.length)];
    for (TcpConnection chain : before) {
      while (chain != null) {
        TcpConnection rest = chain.nextInBucket;
        insert(chain);
        chain = rest;
      }
    }
  }

  private void insert(TcpConnection connection) {
    int bucket = bucket(connection);
    connection.nextInBucket = buckets[bucket];
    buckets[bucket] = connection;
  }

  private int bucket(TcpConnection of) {
    return bucket(of.localAddress, of.localPort, of.remoteAddress, of.remotePort);
  }

  private int bucket(int localAddress, int localPort, int remoteAddress, int remotePort) {
    return hash(localAddress, localPort, remoteAddress, remotePort) & buckets.length - 1;
  }

  static int hash(int localAddress, int localPort, int remoteAddress, int remotePort) {
    int mixed = (localAddress * 31 + remoteAddress) * 0x9e37_79b1;
    mixed = (mixed ^ mixed >>> 15) + (localPort << 16 | remotePort);
    mixed *= 0x85eb_ca6b;
    return mixed ^ mixed >>> 16;
  }
}
