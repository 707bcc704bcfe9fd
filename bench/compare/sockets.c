/*
 * The kernel's sockets at their quickest, as peers of Dockwire's, with one octet in each message:
 *
 *   sockets echo ADDRESS                answers at port 7000, one connection, by calls that wait
 *   sockets serve ADDRESS               answers at ports 7001 to 7032, many, by events
 *   sockets roundtrips ADDRESS SECONDS  prints the microseconds of a round trip, the median
 *   sockets connects ADDRESS SECONDS    prints connections/s: connect, an octet each way, close
 *
 * and, as fast as an interface takes them, frames of an experimental type between two addresses:
 *
 *   sockets frames INTERFACE SECONDS FROM TO OCTETS
 *
 * Many ports, for closed connections keep theirs for a minute. Four threads connect.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/ether.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ECHO_PORT = 7000, EVENT_PORTS = 32, THREADS = 4, MOST = 4000000, BATCH = 64 };

static struct sockaddr_in host = {.sin_family = AF_INET};
static const int on = 1;
static double end;

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec * 1e-9;
}

static struct sockaddr_in at(int port) {
  struct sockaddr_in address = host;
  address.sin_port = htons(port);
  return address;
}

static int check(int result, const char *what) {
  if (result < 0) {
    perror(what);
    exit(1);
  }
  return result;
}

static int listen_at(int port, int flags) {
  struct sockaddr_in address = at(port);
  int listener = check(socket(AF_INET, SOCK_STREAM | flags, 0), "socket");
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  check(bind(listener, (struct sockaddr *)&address, sizeof address), "bind");
  check(listen(listener, 4096), "listen");
  return listener;
}

static void echo(void) {
  int listener = listen_at(ECHO_PORT, 0);
  for (;;) {
    int one = accept(listener, 0, 0);
    char octet;
    setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    while (read(one, &octet, 1) == 1 && write(one, &octet, 1) == 1) {
    }
    close(one);
  }
}

static void serve(void) {
  int poll = check(epoll_create1(0), "epoll"), last_listener = 0;
  struct epoll_event happened[256], wanted = {.events = EPOLLIN};
  for (int i = 1; i <= EVENT_PORTS; i++) {
    wanted.data.fd = last_listener = listen_at(ECHO_PORT + i, SOCK_NONBLOCK);
    epoll_ctl(poll, EPOLL_CTL_ADD, last_listener, &wanted);
  }
  int first_listener = last_listener - EVENT_PORTS + 1;
  for (;;) {
    int count = epoll_wait(poll, happened, 256, -1);
    for (int i = 0; i < count; i++) {
      int one = happened[i].data.fd;
      char octet;
      if (one >= first_listener && one <= last_listener) {
        while ((wanted.data.fd = accept4(one, 0, 0, SOCK_NONBLOCK)) >= 0) {
          epoll_ctl(poll, EPOLL_CTL_ADD, wanted.data.fd, &wanted);
        }
      } else if (read(one, &octet, 1) != 1 || write(one, &octet, 1) != 1) {
        close(one);
      }
    }
  }
}

static int by_value(const void *left, const void *right) {
  float a = *(const float *)left, b = *(const float *)right;
  return (a > b) - (a < b);
}

static void round_trips(void) {
  float *micros = malloc(MOST * sizeof *micros);
  struct sockaddr_in address = at(ECHO_PORT);
  int count = 0, one = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
  char octet = 1;
  check(connect(one, (struct sockaddr *)&address, sizeof address), "connect");
  setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  for (double before = now(), after; before < end && count < MOST; before = after) {
    if (write(one, &octet, 1) != 1 || read(one, &octet, 1) != 1) {
      break;
    }
    after = now();
    micros[count++] = (after - before) * 1e6;
  }
  qsort(micros, count, sizeof *micros, by_value);
  printf("%.2f\n", micros[count / 2]);
}

static void *connect_often(void *thread) {
  long done = 0;
  for (int i = (long)thread; now() < end; i++) {
    struct sockaddr_in address = at(ECHO_PORT + 1 + i % EVENT_PORTS);
    int one = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
    char octet = 1;
    if (connect(one, (struct sockaddr *)&address, sizeof address) == 0 &&
        write(one, &octet, 1) == 1 && read(one, &octet, 1) == 1) {
      done++;
    }
    close(one);
  }
  return (void *)done;
}

static void connects(double begin) {
  pthread_t threads[THREADS];
  long sum = 0;
  for (long i = 0; i < THREADS; i++) {
    pthread_create(&threads[i], 0, connect_often, (void *)(i * 8));
  }
  for (int i = 0; i < THREADS; i++) {
    void *done;
    pthread_join(threads[i], &done);
    sum += (long)done;
  }
  printf("%.0f\n", sum / (now() - begin));
}

static void send_frames(const char *interface, const char *from, const char *to, int octets) {
  static unsigned char frame[1518];
  struct sockaddr_ll link = {.sll_family = AF_PACKET, .sll_ifindex = if_nametoindex(interface)};
  struct iovec bytes = {.iov_base = frame, .iov_len = octets};
  struct mmsghdr messages[BATCH] = {0};
  int one = check(socket(AF_PACKET, SOCK_RAW, 0), "socket"), buffer = 4 << 20;
  setsockopt(one, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof on);
  setsockopt(one, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
  check(bind(one, (struct sockaddr *)&link, sizeof link), "bind");
  memcpy(frame, ether_aton(to), 6);
  memcpy(frame + 6, ether_aton(from), 6);
  memcpy(frame + 12, "\x88\xb5", 2);
  for (int i = 0; i < BATCH; i++) {
    messages[i].msg_hdr.msg_iov = &bytes;
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  while (now() < end) {
    sendmmsg(one, messages, BATCH, 0);
  }
}

int main(int count, char **words) {
  double begin = now();
  end = begin + (count > 3 ? atof(words[3]) : 0);
  if (count == 7 && strcmp(words[1], "frames") == 0) {
    send_frames(words[2], words[4], words[5], atoi(words[6]));
    return 0;
  }
  if (count < 3 || inet_pton(AF_INET, words[2], &host.sin_addr) != 1) {
    return 2;
  }
  if (strcmp(words[1], "echo") == 0) {
    echo();
  } else if (strcmp(words[1], "serve") == 0) {
    serve();
  } else if (strcmp(words[1], "roundtrips") == 0) {
    round_trips();
  } else if (strcmp(words[1], "connects") == 0) {
    connects(begin);
  } else {
    return 2;
  }
  return 0;
}
