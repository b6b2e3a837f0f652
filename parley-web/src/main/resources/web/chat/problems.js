import { tell } from './dom.js';
import { isUnanswered } from './sdk.js';
import { texts } from './texts.js';

const FRAME_TOO_LONG = 4109;

export const reasonOf = (error) => (error.code === FRAME_TOO_LONG ? texts.tooLong : error.message);

/** Runs something the user asked for; says so when it does not work. @returns whether it worked */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    console.warn('failed', error);
    tell(isUnanswered(error) ? texts.connectionMissing : texts.failed(reasonOf(error)));
    return false;
  }
}
