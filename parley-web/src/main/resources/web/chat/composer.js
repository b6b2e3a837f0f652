import { byId } from './dom.js';
import { attempt } from './problems.js';

/** The field at the bottom: writes new messages and edits own ones. Drafts are kept per conversation. */
export class Composer {
  #field = byId('draft');
  #thread;
  #edited;
  #drafts = new Map();
  #onSend;

  /** @param onSend called after a message was handed over */
  constructor(onSend) {
    this.#onSend = onSend;
    byId('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener('keydown', (event) => this.#key(event));
    this.#field.addEventListener('input', () => this.#drawn());
    byId('stop-editing').addEventListener('click', () => this.stopEditing());
  }

  show(thread) {
    if (this.#thread && !this.#edited) this.#drafts.set(this.#thread.conversation.id, this.#field.value);
    this.#thread = thread;
    this.#finishEditing(this.#draftOf(thread));
    if (matchMedia('(hover: hover)').matches) this.#field.focus(); // on a phone the keyboard would cover the lines
  }

  edit(line) {
    this.#drafts.set(this.#thread.conversation.id, this.#field.value);
    this.#edited = line;
    byId('editing').hidden = false;
    this.#write(line.message.text ?? String(line.message.content));
    this.#field.focus();
  }

  stopEditing() {
    this.#finishEditing(this.#draftOf(this.#thread));
    this.#field.focus();
  }

  #draftOf(thread) {
    return (thread && this.#drafts.get(thread.conversation.id)) ?? '';
  }

  #finishEditing(text) {
    this.#edited = undefined;
    byId('editing').hidden = true;
    this.#write(text);
  }

  #key(event) {
    // While an input method composes, as for Chinese, Enter picks a candidate. Safari says so only by the number.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === 'Escape' && this.#edited) {
      this.stopEditing();
    }
  }

  async #submit() {
    const text = this.#field.value.trim();
    if (!text) return;
    const thread = this.#thread;
    const line = this.#edited;
    if (line) {
      const worked = line.message.text === text || (await attempt(() => thread.edit(line, text)));
      if (worked && this.#edited === line) this.stopEditing();
    } else {
      this.#drafts.delete(thread.conversation.id);
      this.#write('');
      thread.send(text);
      this.#onSend();
    }
  }

  #write(text) {
    this.#field.value = text;
    this.#drawn();
  }

  #drawn() {
    byId('send').disabled = !this.#field.value.trim();
    this.#field.style.height = 'auto';
    this.#field.style.height = `${this.#field.scrollHeight + 2}px`; // 2 px of borders
  }
}
