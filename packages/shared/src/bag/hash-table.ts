/**
 * Numbers by 96 bits of a hash, in 16 bytes a place: a million ids take 32 MB, where a map of texts takes several
 * times that. Two ids of a bag of ten million share 96 bits once in 10^15 bags.
 */
import { hash } from "node:crypto";
import { invariant } from "../invariant.js";

const PLACES_AT_FIRST = 1024;
/** Words a place: three of the key and one of the value, which is 0 where the place is free. */
const WORDS = 4;

export interface HashKey {
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

export class HashTable {
  #words = new Uint32Array(PLACES_AT_FIRST * WORDS);
  #size = 0;

  /** 0 where there is none. */
  get(key: HashKey): number {
    return this.#words[this.#placeOf(key) + 3] ?? 0;
  }

  set(key: HashKey, value: number): void {
    invariant(value > 0 && value <= 0xffff_ffff, "a value is a positive word", { value });
    const place = this.#placeOf(key);
    const isNew = this.#words[place + 3] === 0;
    this.#write(place, key, value);
    if (!isNew) return;
    this.#size += 1;
    if (this.#size * WORDS * 2 > this.#words.length) this.#grow();
  }

  #write(place: number, { first, second, third }: HashKey, value: number): void {
    this.#words[place] = first;
    this.#words[place + 1] = second;
    this.#words[place + 2] = third;
    this.#words[place + 3] = value;
  }

  /** Where the key is, or the free place where it would be. */
  #placeOf({ first, second, third }: HashKey): number {
    const words = this.#words;
    const places = words.length / WORDS;
    for (let place = (first & (places - 1)) * WORDS; ; place = (place + WORDS) % words.length) {
      if (words[place + 3] === 0) return place;
      if (words[place] === first && words[place + 1] === second && words[place + 2] === third) return place;
    }
  }

  #grow(): void {
    const old = this.#words;
    this.#words = new Uint32Array(old.length * 2);
    for (let place = 0; place < old.length; place += WORDS) {
      const value = old[place + 3] ?? 0;
      if (value === 0) continue;
      const key = { first: old[place] ?? 0, second: old[place + 1] ?? 0, third: old[place + 2] ?? 0 };
      this.#write(this.#placeOf(key), key, value);
    }
  }
}

/** The first 96 bits of SHA-256. */
export function hashKey(text: string): HashKey {
  const digest = hash("sha256", text, "buffer");
  return { first: digest.readUInt32BE(0), second: digest.readUInt32BE(4), third: digest.readUInt32BE(8) };
}
