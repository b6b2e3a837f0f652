import { Composer } from './composer.js';
import { avatar, byId, element, tell } from './dom.js';
import { listed } from './format.js';
import { openMembersSheet } from './members-sheet.js';
import { attempt } from './problems.js';
import { go, openConversation } from './route.js';
import { copyLink, linkField } from './share.js';
import { confirm } from './sheet.js';
import { texts } from './texts.js';
import { ThreadView } from './thread-view.js';

/** The pane with the conversation the address names. */
export class OpenConversation {
  #conversations;
  #conversation;
  #view;
  #composer;

  constructor(conversations) {
    this.#conversations = conversations;
    this.#view = new ThreadView({
      edit: (line) => this.#composer.edit(line),
      recall: (line) => this.#recall(line),
      again: (line) => this.#thread.transmit(line),
      discard: (line) => this.#thread.discard(line),
    });
    this.#composer = new Composer(() => this.#view.toEnd());
    byId('copy-link').addEventListener('click', () => copyLink(this.id));
    byId('show-members').addEventListener('click', () => openMembersSheet(conversations, this.#conversation));
    byId('join-button').addEventListener('click', () => this.#join());
    conversations.addEventListener('changed', () => this.#changed());
    conversations.addEventListener('arrived', ({ detail }) => this.#arrived(detail.conversation));
    document.addEventListener('visibilitychange', () => this.#markRead());
  }

  get id() {
    return this.#conversation?.id;
  }

  get #thread() {
    return this.#conversations.thread(this.#conversation);
  }

  /** Shows what the address names now. */
  async follow() {
    const id = openConversation();
    if (id !== undefined && id === this.id) return;
    let found;
    if (id !== undefined) {
      const worked = await attempt(async () => (found = await this.#conversations.find(id)));
      if (id !== openConversation()) return; // the visitor went on meanwhile
      if (worked && !found) tell(texts.unknownConversation);
    }
    this.#show(found ?? undefined);
  }

  /** After a reconnect. */
  async resume() {
    if (this.#conversation && this.#conversations.has(this.#conversation)) await attempt(() => this.#fill());
  }

  #show(conversation) {
    this.#conversation = conversation;
    byId('chat').classList.toggle('thread-open', Boolean(conversation));
    byId('nothing-open').hidden = Boolean(conversation);
    byId('thread').hidden = !conversation;
    if (!conversation) {
      this.#view.show(undefined);
      if (openConversation() !== undefined) go();
      return;
    }
    this.#drawHeading();
    const member = this.#conversations.has(conversation);
    byId('composer').hidden = !member;
    byId('join').hidden = member;
    byId('scroller').hidden = !member;
    byId('show-members').hidden = !member;
    if (!member) {
      this.#view.show(undefined);
      byId('invitation').hidden = true;
      byId('join-text').textContent = texts.joinText(texts.memberCount(conversation.members.length));
      return;
    }
    this.#view.show(this.#thread);
    this.#composer.show(this.#thread);
    this.#drawInvitation();
    attempt(() => this.#fill());
  }

  /** Gets what the thread lacks. */
  async #fill() {
    const { oneToOne } = this.#thread;
    await Promise.all([
      this.#thread.stale ? this.#thread.catchUp() : this.#thread.sent.length || this.#thread.loadEarlier(),
      oneToOne ? this.#conversation.fetchReceiptTimestamps() : undefined,
    ]);
    this.#drawInvitation();
    this.#markRead();
  }

  #changed() {
    if (!this.#conversation) return;
    const member = this.#conversations.has(this.#conversation);
    if (!member && byId('join').hidden) {
      tell(texts.gone);
      go();
      return;
    }
    if (member && byId('composer').hidden) {
      this.#show(this.#conversation); // joined, here or on another device
      return;
    }
    this.#drawHeading();
    if (!member) return;
    this.#drawInvitation();
    this.#markRead();
  }

  #drawHeading() {
    const conversation = this.#conversation;
    const title = this.#conversations.titleOf(conversation);
    const group = conversation.members.length > 2 || Boolean(conversation.name);
    byId('thread-title').textContent = title;
    byId('thread-avatar').replaceChildren(avatar(title, group ? 'group' : ''));
    byId('thread-subtitle').textContent =
      conversation.members.length > 2 || conversation.name
        ? `${texts.memberCount(conversation.members.length)} · ${listed(conversation.members)}`
        : texts.memberCount(conversation.members.length);
  }

  /** While nobody has said anything: how to get the others here. */
  #drawInvitation() {
    const thread = this.#thread;
    const box = byId('invitation');
    const needed = thread.complete && !thread.lines.some((line) => line.message);
    if (needed === !box.hidden) return;
    box.hidden = !needed;
    const others = this.#conversations.othersOf(this.#conversation);
    box.replaceChildren(
      element('h2', {}, texts.sayHello),
      element('p', { class: 'soft' }, others.length === 1 ? texts.inviteOther(others[0]) : texts.inviteAny),
      linkField(this.id),
    );
  }

  #arrived(conversation) {
    if (conversation.id !== this.id) return;
    this.#view.arrived();
    this.#markRead();
  }

  #markRead() {
    if (!this.#conversation || document.visibilityState !== 'visible') return;
    if (this.#conversations.has(this.#conversation)) this.#conversations.markRead(this.#conversation);
  }

  #join() {
    return attempt(() => this.#conversations.join(this.#conversation));
  }

  #recall(line) {
    confirm(texts.recallTitle, texts.recallHint, texts.recall, () => attempt(() => this.#thread.recall(line)));
  }
}
