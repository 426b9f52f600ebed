// Finds a number whose SHA-256 with the challenge begins with 16 zero bits. Own code, since the browser's needs https.
const BITS = 16;
const AT_ONCE = 4000;

function primes(count) {
  const found = [];
  for (let n = 2; found.length < count; n++) if (found.every((one) => n % one)) found.push(n);
  return found;
}

const first32 = (value) => ((value - Math.floor(value)) * 2 ** 32) | 0;
const K = Int32Array.from(primes(64), (one) => first32(Math.cbrt(one)));
const START = Int32Array.from(primes(8), (one) => first32(Math.sqrt(one)));
const W = new Int32Array(64);
const turn = (value, by) => (value >>> by) | (value << (32 - by));

// The first word of the hash of a text of at most 55 ASCII characters.
export function firstWord(text) {
  W.fill(0);
  for (let i = 0; i < text.length; i++) W[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i % 4));
  W[text.length >> 2] |= 0x80 << (24 - 8 * (text.length % 4));
  W[15] = text.length * 8;
  for (let i = 16; i < 64; i++) {
    const early = turn(W[i - 15], 7) ^ turn(W[i - 15], 18) ^ (W[i - 15] >>> 3);
    const late = turn(W[i - 2], 17) ^ turn(W[i - 2], 19) ^ (W[i - 2] >>> 10);
    W[i] = (W[i - 16] + early + W[i - 7] + late) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0;
    d = c; c = b; b = a; a = (one + two) | 0;
  }
  return (START[0] + a) >>> 0;
}

const pause = () => new Promise((done) => { setTimeout(done); });

export async function solve(challenge) {
  for (let number = 0; ; number++) {
    if (firstWord(`${challenge}:${number}`) >>> (32 - BITS) === 0) return String(number);
    if (number % AT_ONCE === 0) await pause();
  }
}
