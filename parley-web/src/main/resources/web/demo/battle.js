import * as names from '../chat/names.js';
import { go, linkTo, onChange, openConversation } from '../chat/route.js';
import { Event, prepare } from '../chat/sdk.js';
import { byId, element } from '../chat/dom.js';
import { Arena, SIZE } from './arena.js';
import { fillIn, texts } from './texts.js';

/**
 * A battle is a chat room. What moves is told in transient messages, which nobody keeps; a finished round is a normal
 * message, so everybody who comes later can read it in the history.
 */
const { TextMessage, TypedMessage, messageField, messageType } = globalThis.AV;

/** A transient message: `hello` of a guest who came, `step` towards a tile, `state` of the arena, `again`. */
class Signal extends TypedMessage {
  constructor(signal) {
    super();
    this.signal = signal;
  }
}
messageType(1)(Signal);
messageField('signal')(Signal);

const HELLO_EVERY = 1000; // ms, until the host answers: signals may get lost

class Battle {
  #client;
  #room;
  #arena;
  #shown;
  #results = new Set();

  constructor(client, room) {
    this.#client = client;
    this.#room = room;
    client.on(Event.MESSAGE, (message, { id }) => id === room.id && this.#hear(message));
  }

  get #hosting() {
    return this.#room.creator === this.#client.id;
  }

  async start() {
    await this.#room.join();
    const past = await this.#room.queryMessages({ limit: 10 });
    past.forEach((message) => this.#showResult(message));
    byId('status').textContent = this.#hosting ? texts.waiting : texts.waitingHost(this.#room.creator);
    byId('my-name').textContent = this.#client.id;
    byId('invite').hidden = !this.#hosting;
    byId('link').value = linkTo(this.#room.id);
    byId('game').hidden = false;
    this.#drawBoard();
    if (!this.#hosting) this.#greet();
  }

  #greet() {
    if (this.#shown) return;
    this.#signal({ hello: true });
    setTimeout(() => this.#greet(), HELLO_EVERY);
  }

  /** Also when the connection comes back: what was said meanwhile is gone. */
  refresh() {
    if (this.#hosting) this.#tellState();
    else this.#signal({ hello: true });
  }

  step(to) {
    if (this.#hosting) this.#stepOf(this.#client.id, to);
    else this.#signal({ step: to });
  }

  again() {
    if (this.#hosting) this.#open(this.#arena.players[1]);
    else this.#signal({ again: true });
  }

  #hear(message) {
    if (!(message instanceof Signal)) {
      this.#showResult(message);
      return;
    }
    const { hello, step, again, state } = message.signal ?? {};
    if (!this.#hosting) {
      if (state && message.from === this.#room.creator) this.#show(state);
      return;
    }
    const { from } = message;
    if (hello && !this.#arena) this.#open(from);
    else if (hello) this.#tellState();
    else if (step !== undefined) this.#stepOf(from, step);
    else if (again && this.#arena?.winner >= 0 && this.#arena.players.includes(from)) this.#open(this.#arena.players[1]);
  }

  #open(rival) {
    this.#arena = new Arena(this.#client.id, rival);
    this.#tellState();
  }

  #stepOf(player, to) {
    if (!this.#arena?.step(player, to)) return;
    this.#tellState();
    if (this.#arena.winner < 0) return;
    const { players, scores, winner } = this.#arena;
    const text = texts.won(players[winner], players[1 - winner], scores[winner], scores[1 - winner]);
    const result = new TextMessage(text).setAttributes({ winner: players[winner], players, scores: [...scores] });
    attempt(async () => this.#showResult(await this.#room.send(result)));
  }

  #tellState() {
    if (!this.#arena) return;
    this.#show(this.#arena.state);
    this.#signal({ state: this.#arena.state });
  }

  #signal(signal) {
    return attempt(() => this.#room.send(new Signal(signal), { transient: true }));
  }

  #showResult(message) {
    if (!(message instanceof TextMessage) || this.#results.has(message.id)) return;
    this.#results.add(message.id);
    byId('rounds').append(element('li', {}, message.text));
  }

  #drawBoard() {
    const tiles = Array.from({ length: SIZE * SIZE }, (_, tile) =>
      element('button', { type: 'button', class: 'tile', 'aria-label': String(tile + 1), onclick: () => this.step(tile) }));
    byId('board').replaceChildren(...tiles);
    const ways = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    document.addEventListener('keydown', (event) => {
      const way = ways[event.key];
      const here = this.#shown?.tiles[this.#shown.players.indexOf(this.#client.id)];
      if (!way || here === undefined) return;
      event.preventDefault();
      const row = Math.floor(here / SIZE) + way[0];
      const column = (here % SIZE) + way[1];
      if (row >= 0 && row < SIZE && column >= 0 && column < SIZE) this.step(row * SIZE + column);
    });
  }

  #show(state) {
    this.#shown = state;
    const { players, tiles, scores, star, winner } = state;
    const playing = players.indexOf(this.#client.id);
    const me = Math.max(playing, 0); // who watches sees it as the host does
    [...byId('board').children].forEach((tile, number) => {
      tile.classList.toggle('me', number === tiles[me]);
      tile.classList.toggle('rival', number === tiles[1 - me]);
      tile.classList.toggle('star', number === star);
    });
    byId('my-name').textContent = players[me];
    byId('their-name').textContent = players[1 - me];
    byId('my-score').textContent = scores[me];
    byId('their-score').textContent = scores[1 - me];
    byId('board').classList.toggle('over', winner >= 0);
    byId('again').hidden = winner < 0 || playing < 0;
    byId('invite').hidden = true;
    if (winner >= 0) byId('status').textContent = texts.won(players[winner], players[1 - winner], scores[winner], scores[1 - winner]);
    else byId('status').textContent = playing < 0 ? texts.watching : texts.go;
  }
}

function complain(text) {
  byId('problem').textContent = text;
  byId('problem').hidden = !text;
}

async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    complain(texts.failed(error.message));
    return undefined;
  }
}

async function play(realtime, name) {
  const client = await realtime.createIMClient(name);
  names.keep(name);
  const id = openConversation();
  const room = id === undefined ? await client.createChatRoom({ name: 'Star battle' }) : await client.getConversation(id);
  if (!room) {
    complain(texts.unknown);
    return;
  }
  if (id === undefined) go(room.id);
  const battle = new Battle(client, room);
  byId('again').addEventListener('click', () => battle.again());
  client.on(Event.DISCONNECT, () => complain(texts.lost));
  client.on(Event.RECONNECT, () => {
    complain('');
    battle.refresh();
  });
  await battle.start();
  byId('enter').hidden = true;
  onChange(() => openConversation() !== room.id && location.reload()); // another battle
}

async function start() {
  fillIn(document);
  const realtime = await prepare();
  if (!realtime) {
    complain(texts.noApp);
    return;
  }
  realtime.register(Signal);
  byId('enter').hidden = false;
  byId('name').value = names.ofThisTab() ?? names.lastUsed();
  byId('enter').addEventListener('submit', (event) => {
    event.preventDefault();
    const name = byId('name').value.trim();
    if (name) attempt(() => play(realtime, name));
  });
}

attempt(start);
