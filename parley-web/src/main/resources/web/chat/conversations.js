import { Event } from './sdk.js';
import { listed } from './format.js';
import { texts } from './texts.js';
import { Thread } from './thread.js';

const PAGE = 100;
const MOST_PAGES = 10;

/**
 * The conversations of one client, and a thread for each that was opened. Dispatches `changed` when the list may look
 * different, and `arrived` with {conversation, message} for each message of somebody else.
 */
export class Conversations extends EventTarget {
  #client;
  #mine = new Map();
  #threads = new Map();

  constructor(client) {
    super();
    this.#client = client;
    this.#listen();
  }

  get me() {
    return this.#client.id;
  }

  /** All I am in, the most recently used first. */
  get sorted() {
    const used = (conversation) => Number(conversation.lastMessageAt ?? conversation.createdAt ?? 0);
    return [...this.#mine.values()].sort((one, other) => used(other) - used(one));
  }

  get unread() {
    return [...this.#mine.values()].reduce((sum, conversation) => sum + conversation.unreadMessagesCount, 0);
  }

  has(conversation) {
    return conversation.members.includes(this.me);
  }

  /** Asks the server for the list. Called again after a reconnect. */
  async load() {
    const found = new Map();
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = this.#client.getQuery().withLastMessagesRefreshed().descending('lm');
      const conversations = await query.limit(PAGE).skip(page * PAGE).find();
      conversations.forEach((conversation) => found.set(conversation.id, conversation));
      if (conversations.length < PAGE) break;
    }
    this.#mine = found;
    this.#changed();
  }

  /** @returns any conversation of the app, also one I am not in; or null */
  async find(id) {
    const known = this.#mine.get(id);
    if (known) return known;
    const found = await this.#client.getConversation(id, true);
    if (found && this.has(found)) this.#mine.set(id, found);
    return found;
  }

  thread(conversation) {
    let thread = this.#threads.get(conversation.id);
    if (!thread) {
      thread = new Thread(conversation, this.me);
      thread.addEventListener('changed', () => this.#changed()); // the list shows the last message
      this.#threads.set(conversation.id, thread);
    }
    return thread;
  }

  titleOf(conversation) {
    if (conversation.name) return conversation.name;
    const others = this.othersOf(conversation);
    return others.length ? listed(others) : texts.onlyYou;
  }

  othersOf(conversation) {
    return conversation.members.filter((member) => member !== this.me);
  }

  /** With one other person there is one conversation for ever; groups are new each time. */
  async start(others, name) {
    const unique = others.length === 1 && !name;
    const conversation = await this.#client.createConversation({ members: others, name: name || undefined, unique });
    if (unique) await conversation.fetch(); // it may have existed: with a name, with other attributes
    this.#mine.set(conversation.id, conversation);
    this.#changed();
    return conversation;
  }

  async join(conversation) {
    await conversation.join();
    this.#mine.set(conversation.id, conversation);
    this.#changed();
  }

  async leave(conversation) {
    await conversation.quit();
    this.#forget(conversation);
  }

  markRead(conversation) {
    if (conversation.unreadMessagesCount > 0) conversation.read();
  }

  /** @returns those of the given clients who are connected now */
  async online(clients) {
    const asked = clients.slice(0, 20); // the server takes no more at once
    return new Set(await this.#client.ping(asked));
  }

  /** After a reconnect. */
  async resume() {
    for (const thread of this.#threads.values()) thread.interrupted();
    await this.load();
  }

  #listen() {
    const on = (event, handle) => this.#client.on(event, handle);
    on(Event.MESSAGE, (message, conversation) => {
      if (this.has(conversation)) this.#mine.set(conversation.id, conversation);
      this.#threads.get(conversation.id)?.receive(message);
      this.#changed();
      if (message.from !== this.me) this.dispatchEvent(new CustomEvent('arrived', { detail: { message, conversation } }));
    });
    for (const event of [Event.MESSAGE_UPDATE, Event.MESSAGE_RECALL]) {
      on(event, (message, conversation) => {
        this.#threads.get(conversation.id)?.replace(message);
        this.#changed();
      });
    }
    on(Event.UNREAD_MESSAGES_COUNT_UPDATE, () => this.#changed());
    on(Event.INVITED, (_, conversation) => {
      this.#mine.set(conversation.id, conversation);
      this.#changed();
    });
    on(Event.KICKED, (_, conversation) => this.#forget(conversation));
    on(Event.MEMBERS_JOINED, ({ members, invitedBy }, conversation) => {
      const others = members.filter((member) => member !== invitedBy).map(this.#called);
      if (others.length && members.includes(invitedBy)) return; // the conversation was just created
      const by = this.#called(invitedBy);
      this.#note(conversation, others.length ? texts.added(by, listed(others)) : texts.joined(by));
    });
    on(Event.MEMBERS_LEFT, ({ members, kickedBy }, conversation) => {
      const others = members.filter((member) => member !== kickedBy).map(this.#called);
      const by = this.#called(kickedBy);
      this.#note(conversation, others.length ? texts.removed(by, listed(others)) : texts.left(by));
    });
    on(Event.CONVERSATION_INFO_UPDATED, ({ attributes, updatedBy }, conversation) => {
      if (attributes.name) this.#note(conversation, texts.renamed(this.#called(updatedBy), attributes.name));
      this.#changed();
    });
  }

  #called = (client) => (client === this.me ? texts.you : client);

  #note(conversation, words) {
    this.#threads.get(conversation.id)?.notice(words);
    this.#changed();
  }

  #forget(conversation) {
    this.#mine.delete(conversation.id);
    this.#threads.delete(conversation.id);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new CustomEvent('changed'));
  }
}
