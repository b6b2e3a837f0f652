/** The rules of the game. Only the page of the one who started the battle holds an arena; it alone decides. */
export const SIZE = 7;
const STARS_TO_WIN = 5;
const CORNERS = [0, SIZE * SIZE - 1];

const columnOf = (tile) => tile % SIZE;
const rowOf = (tile) => Math.floor(tile / SIZE);

/** The tile one step from `from` towards `to`, along the longer way first. */
function towards(from, to) {
  const across = columnOf(to) - columnOf(from);
  const down = rowOf(to) - rowOf(from);
  return Math.abs(across) >= Math.abs(down) ? from + Math.sign(across) : from + SIZE * Math.sign(down);
}

export class Arena {
  /** @param players names of the two */
  constructor(...players) {
    this.players = players;
    this.tiles = [...CORNERS];
    this.scores = [0, 0];
    this.#placeStar();
  }

  /** What the others have to know. */
  get state() {
    const { players, tiles, scores, star, winner } = this;
    return { players, tiles, scores, star, winner };
  }

  /** The number of the winner; -1 as long as there is none. */
  get winner() {
    return this.scores.indexOf(STARS_TO_WIN);
  }

  /** @returns whether that changed anything: nobody steps on the other, or plays on when it is over */
  step(player, to) {
    const number = this.players.indexOf(player);
    if (number < 0 || this.winner >= 0 || !(Number.isInteger(to) && to >= 0 && to < SIZE * SIZE)) return false;
    const tile = towards(this.tiles[number], to);
    if (this.tiles.includes(tile)) return false;
    this.tiles[number] = tile;
    if (tile === this.star) {
      this.scores[number] += 1;
      this.#placeStar();
    }
    return true;
  }

  /** Not where somebody stands. */
  #placeStar() {
    do this.star = Math.floor(Math.random() * SIZE * SIZE);
    while (this.tiles.includes(this.star));
  }
}
