import { byId, element, soon } from './dom.js';
import { appearance, drawLine, drawProgress } from './line-view.js';
import { texts } from './texts.js';

const NEAR = 80;
const ABOVE = 400;

/** Draws the lines of the open thread, keeps the place while reading and loads history when scrolled up. */
export class ThreadView {
  #scroller = byId('scroller');
  #lines = byId('lines');
  #drawn = new Map(); // by key: {look, progress, node}, look as JSON
  #thread;
  #act;
  #missed = 0;
  #follow = true; // the end stays in view while lines come in
  #stuckAt = 0; // where the last jump to the end led
  #redraw = soon(() => this.#thread && this.#draw());

  /** @param act what the buttons of a line do, see line-view.js */
  constructor(act) {
    this.#act = act;
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    byId('to-end').addEventListener('click', () => this.toEnd());
    new ResizeObserver(() => this.#follow && this.#stick()).observe(this.#scroller);
  }

  show(thread) {
    this.#thread?.removeEventListener('changed', this.#redraw);
    this.#thread = thread;
    this.#drawn.clear();
    this.#lines.replaceChildren();
    this.#follow = true;
    this.#stuckAt = 0;
    this.#missed = 0;
    thread?.addEventListener('changed', this.#redraw);
    if (thread) this.#draw();
  }

  toEnd() {
    this.#follow = true;
    this.#stick();
  }

  /** Somebody else spoke: counted on the button that leads to the end, unless the end is in view. */
  arrived() {
    if (!this.#follow) this.#missed += 1;
    this.#drawEndButton();
  }

  #draw() {
    const thread = this.#thread;
    const { lines } = thread;
    // Somebody may have scrolled up so recently that the browser has not said so yet.
    this.#follow &&= this.#atEnd() || this.#scroller.scrollTop > this.#stuckAt - NEAR;
    const anchor = this.#follow ? undefined : this.#firstInView();
    const keys = new Set(lines.map((line) => line.key));
    for (const [key, { node }] of this.#drawn) {
      if (keys.has(key)) continue;
      node.remove();
      this.#drawn.delete(key);
    }
    const nodes = lines.map((line, index) => this.#nodeOf(line, appearance(lines, index, thread)));
    let place = this.#lines.firstElementChild;
    for (const node of nodes) {
      if (node === place) place = place.nextElementSibling;
      else this.#lines.insertBefore(node, place);
    }
    this.#drawHistory(thread, lines.length);
    if (this.#follow) this.#stick();
    else if (anchor) this.#keepInPlace(anchor);
    this.#drawEndButton();
    this.#loadIfNear();
  }

  #firstInView() {
    const edge = this.#scroller.getBoundingClientRect().top;
    for (const node of this.#lines.children) {
      const { bottom } = node.getBoundingClientRect();
      if (bottom > edge) return { key: node.dataset.key, bottom };
    }
    return undefined;
  }

  #keepInPlace({ key, bottom }) {
    const node = this.#drawn.get(key)?.node;
    if (node) this.#scroller.scrollTop += node.getBoundingClientRect().bottom - bottom;
  }

  #nodeOf(line, value) {
    const look = JSON.stringify(value);
    const progress = value.mine ? this.#thread.progress(line) : undefined;
    const drawn = this.#drawn.get(line.key);
    if (drawn?.look !== look) {
      const node = drawLine(value, progress, line, this.#act);
      drawn?.node.replaceWith(node);
      this.#drawn.set(line.key, { look, progress, node });
      return node;
    }
    if (drawn.progress !== progress) {
      drawProgress(drawn.node, progress);
      drawn.progress = progress;
    }
    return drawn.node;
  }

  #drawHistory(thread, count) {
    const node = byId('history');
    if (thread.loadFailed) {
      const again = element('button', { type: 'button', onclick: () => thread.loadEarlier() }, texts.again);
      node.replaceChildren(`${texts.loadFailed} `, again);
    } else if (thread.loading) {
      node.textContent = texts.loading;
    } else {
      node.textContent = thread.complete && count ? texts.beginning : '';
    }
  }

  #scrolled() {
    this.#follow = this.#atEnd();
    if (this.#follow) this.#missed = 0;
    this.#drawEndButton();
    this.#loadIfNear();
  }

  #loadIfNear() {
    const thread = this.#thread;
    if (!thread || thread.loading || thread.loadFailed || thread.complete) return;
    if (this.#scroller.scrollTop < ABOVE) thread.loadEarlier();
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #stick() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#stuckAt = this.#scroller.scrollTop;
  }

  #drawEndButton() {
    byId('to-end').hidden = this.#follow;
    byId('to-end-count').textContent = this.#missed ? String(this.#missed) : '';
  }
}
