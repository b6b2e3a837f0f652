import { byId } from './dom.js';
import * as names from './names.js';
import { texts } from './texts.js';

/**
 * Shows the form until somebody is signed in.
 *
 * @param signIn takes a name, gives a client
 * @returns the client
 */
export function askName(signIn, problem) {
  const form = byId('sign-in-form');
  const field = byId('sign-in-name');
  const button = form.querySelector('button');
  byId('sign-in').hidden = false;
  field.value = names.ofThisTab() ?? names.lastUsed();
  field.select();
  if (problem) showProblem(problem);
  return new Promise((resolve) => {
    form.onsubmit = async (event) => {
      event.preventDefault();
      const name = field.value.trim();
      if (!name) return showProblem(texts.nameMissing);
      button.disabled = true;
      button.textContent = texts.entering;
      try {
        const client = await signIn(name);
        names.keep(name);
        byId('sign-in').hidden = true;
        resolve(client);
      } catch (error) {
        showProblem(explain(error));
      } finally {
        button.disabled = false;
        button.textContent = texts.enter;
      }
      return undefined;
    };
  });
}

export function showProblem(text) {
  byId('sign-in').hidden = false;
  const line = byId('sign-in-error');
  line.textContent = text;
  line.hidden = false;
}

export const explain = (error) => (error.code ? texts.refused(error.message) : texts.unreachable);
