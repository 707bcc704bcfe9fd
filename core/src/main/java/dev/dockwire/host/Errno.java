package dev.dockwire.host;

/** Why a call failed, with the text that strerror has for it. */
public enum Errno {
  EPERM("Operation not permitted"),
  ENOENT("No such file or directory"),
  EIO("I/O error"),
  EAGAIN("Resource temporarily unavailable"),
  EACCES("Permission denied"),
  EBUSY("Resource busy"),
  EEXIST("File exists"),
  ENOTDIR("Not a directory"),
  EISDIR("Is a directory"),
  EINVAL("Invalid argument"),
  ENOSPC("No space left on device"),
  EPIPE("Broken pipe"),
  ENOTEMPTY("Directory not empty"),
  EMSGSIZE("Message too long"),
  ENODEV("No such device"),
  EADDRNOTAVAIL("Address not available"),
  ENETUNREACH("Network unreachable"),
  EHOSTUNREACH("Host is unreachable"),
  ENOBUFS("No buffer space available");

  private final String text;

  Errno(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
