import { Event, MessageQueryDirection, TextMessage, isUnanswered } from './sdk.js';

const PAGE = 30;
const CATCH_UP_PAGE = 100;

/**
 * What is shown of one conversation: its lines, oldest first, and what is still on its way out. Dispatches `changed`.
 *
 * A line is either a message {key, at, message, state, reason} or a notice {key, at, notice}. States: `sent`, `sending`,
 * `waiting` (no answer yet; sent again after a reconnect, the server drops repeats by the message's id) and `failed`.
 */
export class Thread extends EventTarget {
  #byMessage = new Map();
  #loading;
  #interrupted = false;
  #gapAfter; // the newest message when the connection went away
  #notices = 0;

  constructor(conversation, me) {
    super();
    this.conversation = conversation;
    this.me = me;
    this.sent = [];
    this.outgoing = [];
    this.complete = false;
    this.loadFailed = false;
    for (const event of [Event.LAST_DELIVERED_AT_UPDATE, Event.LAST_READ_AT_UPDATE]) {
      conversation.on(event, () => this.#changed());
    }
  }

  get lines() {
    return [...this.sent, ...this.outgoing];
  }

  get loading() {
    return this.#loading !== undefined;
  }

  /** Whether messages may be missing at the end. */
  get stale() {
    return this.#interrupted;
  }

  /** Only between two people the SDK says who has got and read what. */
  get oneToOne() {
    return this.conversation.members.length === 2;
  }

  /** Adds one more page of history above the lines. Calls while a page is on its way share it. */
  loadEarlier() {
    if (this.complete) return Promise.resolve();
    this.#loading ??= this.#loadPage().finally(() => {
      this.#loading = undefined;
      this.#changed();
    });
    this.#changed();
    return this.#loading;
  }

  async #loadPage() {
    const first = this.sent.find((line) => line.message);
    const start = first && { startTime: first.message.timestamp, startMessageId: first.message.id };
    try {
      const messages = await this.conversation.queryMessages({ ...start, limit: PAGE });
      messages.forEach((message) => this.#insert(message));
      this.complete = messages.length < PAGE;
      this.loadFailed = false;
    } catch (error) {
      console.warn('loading history failed', error);
      this.loadFailed = true;
    }
  }

  /** The connection was away: what was said meanwhile is missing, what is unanswered goes out again, in order. */
  interrupted() {
    this.#interrupted = true;
    this.#gapAfter ??= this.sent.findLast((line) => line.message)?.message;
    this.outgoing.filter((line) => line.state !== 'failed').forEach((line) => this.transmit(line));
  }

  /** Fetches what was said while the connection was away: by itself the server tells only that something is unread. */
  async catchUp() {
    if (!this.#gapAfter) {
      this.complete = false;
      await this.loadEarlier();
    }
    while (this.#gapAfter) {
      const messages = await this.conversation.queryMessages({
        startTime: this.#gapAfter.timestamp,
        startMessageId: this.#gapAfter.id,
        direction: MessageQueryDirection.OLD_TO_NEW,
        limit: CATCH_UP_PAGE,
      });
      messages.forEach((message) => this.#insert(message));
      this.#gapAfter = messages.length === CATCH_UP_PAGE ? messages.at(-1) : undefined;
    }
    this.#interrupted = false;
    this.#changed();
  }

  receive(message) {
    this.#insert(message);
    this.#changed();
  }

  /** Replaces an edited or recalled message. */
  replace(message) {
    const line = this.#byMessage.get(message.id);
    if (!line) return; // not loaded yet; history brings its newest form
    message.deliveredAt ??= line.message.deliveredAt;
    line.message = message;
    this.#changed();
  }

  /** Adds a line that says what happened; it is not part of the history. */
  notice(words) {
    const at = this.sent.at(-1)?.at ?? new Date();
    this.#notices += 1;
    this.sent.push({ key: `notice-${this.#notices}`, at, notice: words });
    this.#changed();
  }

  send(text) {
    const message = new TextMessage(text);
    const line = { key: message.id, at: message.timestamp, message, state: 'sending', attempts: 0 };
    this.outgoing.push(line);
    return this.transmit(line);
  }

  /** Sends a line, perhaps once more. Its newest attempt decides about its state, unless an older one succeeds. */
  async transmit(line) {
    line.attempts += 1;
    const number = line.attempts;
    line.state = 'sending';
    this.#changed();
    try {
      await this.conversation.send(line.message, { receipt: this.oneToOne });
      if (this.outgoing.includes(line)) this.#settle(line);
    } catch (error) {
      if (number !== line.attempts || line.state === 'sent') return;
      line.state = isUnanswered(error) ? 'waiting' : 'failed';
      line.reason = error;
    }
    this.#changed();
  }

  discard(line) {
    this.outgoing = this.outgoing.filter((other) => other !== line);
    this.#changed();
  }

  async edit(line, text) {
    const changed = await this.conversation.update(this.#pointer(line), new TextMessage(text));
    changed.updatedAt = new Date();
    this.replace(changed);
  }

  async recall(line) {
    this.replace(await this.conversation.recall(this.#pointer(line)));
  }

  /** @returns how far a message of mine got: `sending`, `waiting`, `failed`, `sent`, `delivered` or `read` */
  progress(line) {
    if (line.state !== 'sent' || !this.oneToOne) return line.state;
    const { message } = line;
    if (this.conversation.lastReadAt >= message.timestamp) return 'read';
    return message.deliveredAt || this.conversation.lastDeliveredAt >= message.timestamp ? 'delivered' : 'sent';
  }

  /** A plain copy: the SDK refuses message objects whose first attempt timed out, even when a later one arrived. */
  #pointer({ message: { id, cid, from, timestamp } }) {
    return { id, cid, from, timestamp };
  }

  #settle(line) {
    this.discard(line);
    line.state = 'sent';
    line.at = line.message.timestamp;
    if (!this.#byMessage.has(line.message.id)) this.#place(line);
  }

  #insert(message) {
    const known = this.#byMessage.get(message.id);
    if (known) {
      if (message.updatedAt > known.message.updatedAt) known.message = message;
      return;
    }
    this.#place({ key: message.id, at: message.timestamp, message, state: 'sent' });
  }

  #place(line) {
    this.#byMessage.set(line.message.id, line);
    let place = this.sent.length;
    while (place > 0 && this.sent[place - 1].at > line.at) place -= 1;
    this.sent.splice(place, 0, line);
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
