import { Event } from './sdk.js';
import { byId, element } from './dom.js';
import { texts } from './texts.js';

/** The line above the messages that says when the connection is away, and how to get it back. */
export function watchConnection(realtime, client, onReconnect) {
  const bar = byId('connection');
  let retryPossible = false;

  function show(text, label, act) {
    bar.replaceChildren(element('span', {}, text));
    if (label) bar.append(element('button', { type: 'button', onclick: act }, label));
    bar.hidden = false;
  }
  function retry() {
    if (!retryPossible) return;
    retryPossible = false;
    realtime.retry();
  }
  const reload = () => location.reload();

  client.on(Event.DISCONNECT, () => show(texts.disconnected));
  client.on(Event.SCHEDULE, () => {
    retryPossible = true; // between SCHEDULE and RETRY; otherwise the SDK refuses
    show(texts.disconnected, texts.reconnectNow, retry);
  });
  client.on(Event.RETRY, () => {
    retryPossible = false;
    show(texts.disconnected);
  });
  client.on(Event.OFFLINE, () => {
    retryPossible = false;
    show(texts.offlineNow);
  });
  client.on(Event.RECONNECT, () => {
    bar.hidden = true;
    onReconnect();
  });
  client.on(Event.RECONNECT_ERROR, (error) => {
    if (error.code) show(texts.refused(error.message), texts.reload, reload);
  });
  for (const event of [Event.CLOSE, Event.CONFLICT]) client.on(event, () => show(texts.signedOut, texts.reload, reload));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && retry());
}
