/**
 * Behind the {@code AVIM*} classes: the connection and its sessions, replies that are waited for, HTTP calls, JSON.
 * Applications do not use it; it may change with every version. It knows frames, but no conversation objects and no
 * handlers.
 *
 * <p>Entry: {@link io.parley.client.internal.ConnectionLoop}.
 */
@org.jspecify.annotations.NullMarked
package io.parley.client.internal;
