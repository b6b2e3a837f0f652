/** The official SDK, loaded by the page as a classic script, and the one connection made with it. */
const { Realtime, Event, Message, TextMessage, RecalledMessage, MessageQueryDirection } = globalThis.AV;
export { Event, Message, TextMessage, RecalledMessage, MessageQueryDirection };

/** @returns the connection to the server this page came from, not opened yet */
export async function prepare() {
  const answer = await fetch(new URL('../config.json', import.meta.url), { cache: 'no-store' });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const { appId, appKey } = await answer.json();
  return new Realtime({ appId, appKey, server: location.origin, ssl: location.protocol === 'https:' });
}

/** Whether a failed call never got an answer, in contrast to one the server refused. */
export const isUnanswered = (error) => error.code === undefined || error.code === null;
