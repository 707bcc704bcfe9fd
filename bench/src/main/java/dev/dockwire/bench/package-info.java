/** JMH benchmarks: one class per question. */
package dev.dockwire.bench;
