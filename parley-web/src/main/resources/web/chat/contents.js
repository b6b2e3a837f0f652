import { RecalledMessage } from './sdk.js';
import { texts } from './texts.js';

/** Types of the official rich messages, which this page names but does not show. Source: semantics 6.1. */
const KINDS = { '-2': 'image', '-3': 'audio', '-4': 'video', '-5': 'location', '-6': 'file' };

export const isRecalled = (message) => message instanceof RecalledMessage;

/** @returns the words of a message, and whether they only stand for content of another kind */
export function wordsOf(message) {
  if (typeof message.text === 'string') return { words: message.text, standIn: false };
  const { content } = message;
  if (typeof content === 'string') return { words: content, standIn: false };
  const kind = texts[KINDS[content?._lctype]];
  const caption = content?._lctext;
  if (kind) return { words: caption ? `${kind} ${caption}` : kind, standIn: true };
  return typeof caption === 'string' && caption
    ? { words: caption, standIn: false }
    : { words: texts.otherContent, standIn: true };
}

/** One line about a message, for the list of conversations. */
export function preview(message, me, group) {
  if (isRecalled(message)) return message.from === me ? texts.recalledMine : texts.recalled(message.from);
  const { words } = wordsOf(message);
  if (message.from === me) return texts.youSaid(words);
  return group ? texts.said(message.from, words) : words;
}
