/**
 * How programs reach the stack: sockets that call back when something has arrived, on the thread
 * that owns the stack.
 */
package dev.dockwire.stack.socket;
