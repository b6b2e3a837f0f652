import { Event, prepare } from '../chat/sdk.js';
import { byId, element } from '../chat/dom.js';
import { fillIn, texts } from './texts.js';

/** Calls every function once, as two clients, and prints one line per call and per event. */
const { Message, TextMessage, TypedMessage, messageType, messageField } = globalThis.AV;
const mark = Math.random().toString(36).slice(2, 10); // the clients of each tour are its own

/** The type of images as all SDKs have it, without the storage SDK that would upload one. */
class ImageMessage extends TypedMessage {
  constructor(file) {
    super();
    this._lcfile = file;
  }
}
messageType(-2)(ImageMessage);
messageField('_lcfile')(ImageMessage);

let current = 'start';
const waiting = new Set();

/** @param what unique on the page: the name of a call, or of an event in its call */
function print(kind, what, text) {
  const line = element('li', { class: kind, 'data-line': what }, text ? `${what}: ${text}` : what);
  byId('log').append(line);
}

/** Prints an event, and lets the call go on that waits for it. */
function heard(name, text) {
  print('event', `${current} > ${name}`, text);
  for (const expectation of waiting) expectation(name);
}

function expectAll(events) {
  const missing = new Set(events);
  if (!missing.size) return Promise.resolve();
  return new Promise((resolve) => {
    const expectation = (name) => {
      missing.delete(name);
      if (missing.size) return;
      waiting.delete(expectation);
      resolve();
    };
    waiting.add(expectation);
  });
}

/** Makes a call, prints what it gave, and waits for the events that follow from it. */
async function call(name, action, ...events) {
  current = name;
  const all = expectAll(events);
  const result = await action();
  print('call', name, describe(result));
  await all;
  return result;
}

function describe(result) {
  if (result instanceof Message) return result.id ? `message ${result.id}` : 'sent';
  if (Array.isArray(result)) return `[${result.map((each) => describe(each)).join(', ')}]`;
  if (result?.done !== undefined) return describe(result.value);
  if (result?.id) return String(result.id);
  if (result?.successfulClientIds) return result.successfulClientIds.join(', ');
  return result === undefined ? '' : String(result);
}

function listen(who, client) {
  const on = (event, text) => client.on(event, (...details) => heard(`${who} ${event}`, text(...details)));
  on(Event.INVITED, ({ invitedBy }) => `by ${invitedBy}`);
  on(Event.KICKED, ({ kickedBy }) => `by ${kickedBy}`);
  on(Event.MEMBERS_JOINED, ({ members, invitedBy }) => `${members} by ${invitedBy}`);
  on(Event.MEMBERS_LEFT, ({ members, kickedBy }) => `${members} by ${kickedBy}`);
  on(Event.MESSAGE, (message) => message.text ?? message.getText?.() ?? describe(message));
}

/** Signed in by the server's own accounts: the SDK asks for a signature by itself, no key is on this page. */
async function account(realtime, config) {
  const headers = { 'Content-Type': 'application/json', 'X-LC-Id': config.appId, 'X-LC-Key': config.appKey };
  const body = JSON.stringify({ username: `tour-${mark}`, password: mark });
  const answer = await fetch(new URL('../../1.1/users', import.meta.url), { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`the account was refused: HTTP ${answer.status}`);
  const { objectId, sessionToken } = await answer.json();
  const client = await realtime.createIMClient({ id: objectId, getSessionToken: () => sessionToken });
  await client.close();
  const bye = await fetch(new URL(`../../1.1/users/${objectId}`, import.meta.url), {
    method: 'DELETE',
    headers: { ...headers, 'X-LC-Session': sessionToken },
  });
  if (!bye.ok) throw new Error(`the account stays: HTTP ${bye.status}`);
  return objectId;
}

async function tour() {
  fillIn(document);
  const realtime = await prepare();
  if (!realtime) throw new Error(texts.noApp);
  realtime.register(ImageMessage);
  const config = await (await fetch(new URL('../config.json', import.meta.url))).json();
  const [tomsName, jerrysName, marysName] = ['Tom', 'Jerry', 'Mary'].map((name) => `${name}-${mark}`);

  const tom = await call('open', () => realtime.createIMClient(tomsName));
  listen('Tom', tom);
  const jerry = await realtime.createIMClient(jerrysName);
  listen('Jerry', jerry);
  await call('auth', () => account(realtime, config));
  await call('ping', () => tom.ping([jerrysName, marysName]));

  const create = () => tom.createConversation({ name: `Tour ${mark}`, members: [], unique: false });
  const room = await call('create', create, 'Tom invited', 'Tom membersjoined');
  await call('add', () => room.add([jerrysName]), 'Tom membersjoined', 'Jerry invited', 'Jerry membersjoined');
  const jerrys = await call('existing room', () => jerry.getConversation(room.id));
  await call('list', () => room.fetch().then((fresh) => fresh.members));
  await call('count', () => room.count());
  await call('query', () => tom.getQuery().equalTo('name', `Tour ${mark}`).find());

  await call('send plain', () => room.send(new TextMessage('Hello, Jerry')), 'Jerry message');
  await call('send transient', () => room.send(new TextMessage('Tom is typing'), { transient: true }), 'Jerry message');
  room.once(Event.LAST_DELIVERED_AT_UPDATE, () => heard('Tom receipt', 'delivered'));
  const sendAndAsk = () => room.send(new TextMessage('Did it arrive?'), { receipt: true });
  await call('send with receipt', sendAndAsk, 'Jerry message', 'Tom receipt');
  const image = new ImageMessage({ url: new URL('../icon.svg', import.meta.url).href });
  await call('send image', () => room.send(image), 'Jerry message');
  await call('receive', () => jerrys.send(new TextMessage('All of it')), 'Tom message');
  await call('log', () => room.queryMessages({ limit: 10 }));

  await call('remove', () => room.remove([jerrysName]), 'Tom membersleft', 'Jerry kicked');
  await call('join', () => jerrys.join(), 'Jerry invited', 'Tom membersjoined', 'Jerry membersjoined');
  await call('leave', () => jerrys.quit(), 'Tom membersleft', 'Jerry kicked');
  tom.on('applause', (reason) => heard('Tom applause', reason));
  await call('own event', () => void tom.emit('applause', 'the page itself said so'), 'Tom applause');
  await call('close', () => Promise.all([tom.close(), jerry.close()]).then(() => undefined));
}

tour().then(
  () => (byId('log').dataset.state = 'done'),
  (error) => {
    print('failed', 'failed', error.message);
    byId('log').dataset.state = 'failed';
  },
);
