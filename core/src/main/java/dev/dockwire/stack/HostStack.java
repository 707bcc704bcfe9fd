package dev.dockwire.stack;

/** Stand-in. */
public final class HostStack {}
