/**
 * The images there are: which programs and files a container of each begins with, and what their
 * entry points do.
 */
package dev.dockwire.engine.image;
