/**
 * The addresses of networks: the subnets that are asked for, checked in Docker's words, the pools
 * that the others come from, and which address of a subnet is whose.
 *
 * <p>Networks and their segments call in here. Nothing here knows them: of the engine it uses only
 * its way to refuse, {@link dev.dockwire.engine.EngineException}.
 */
package dev.dockwire.engine.address;
