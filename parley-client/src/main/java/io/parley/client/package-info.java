/**
 * The client SDK of Parley: the {@code AVIM*} classes of the developer guide, for Java 11 and Android 8.
 *
 * <p>Begin with {@link io.parley.client.AVOSCloud#initialize} and {@link io.parley.client.AVIMClient}. This package knows
 * no socket, no HTTP and no SQL; those are behind it, in packages that applications do not use.
 */
@org.jspecify.annotations.NullMarked
package io.parley.client;
