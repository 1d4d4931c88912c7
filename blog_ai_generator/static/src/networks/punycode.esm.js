/**
 * Measure a label of a host name in the ASCII that DNS uses (RFC 3492). The browser's own
 * `URL` maps characters first, which the networks do not do when they look for links.
 */

export const PUNYCODE = "xn--";

const BASE = 36;
const T_MIN = 1;
const T_MAX = 26;
const SKEW = 38;
const DAMP = 700;
const INITIAL_BIAS = 72;
const INITIAL_N = 0x80;

export function isAscii(text) {
    return /^[\0-\x7F]*$/.test(text);
}

/** Return the number of digits of a number; the bias decides which digit is the last. */
function digits(number, bias) {
    let count = 1;
    for (let k = BASE; ; k += BASE) {
        const threshold = Math.min(Math.max(k - bias, T_MIN), T_MAX);
        if (number < threshold) {
            return count;
        }
        number = Math.floor((number - threshold) / (BASE - threshold));
        count++;
    }
}

function adapt(delta, count, isFirst) {
    let rest = Math.floor(delta / (isFirst ? DAMP : 2));
    rest += Math.floor(rest / count);
    let k = 0;
    while (rest > ((BASE - T_MIN) * T_MAX) / 2) {
        rest = Math.floor(rest / (BASE - T_MIN));
        k += BASE;
    }
    return k + Math.floor(((BASE - T_MIN + 1) * rest) / (rest + SKEW));
}

/**
 * @param {string} label one that is not in ASCII
 * @returns {number}
 */
export function punycodeLength(label) {
    const points = Array.from(label, (char) => char.codePointAt(0));
    const basic = points.filter((point) => point < INITIAL_N).length;
    let length = PUNYCODE.length + basic + (basic ? 1 : 0);
    let done = basic;
    let [n, delta, bias] = [INITIAL_N, 0, INITIAL_BIAS];
    while (done < points.length) {
        const next = Math.min(...points.filter((point) => point >= n));
        delta += (next - n) * (done + 1);
        n = next;
        for (const point of points) {
            if (point < n) {
                delta++;
            } else if (point === n) {
                length += digits(delta, bias);
                bias = adapt(delta, done + 1, done === basic);
                delta = 0;
                done++;
            }
        }
        delta++;
        n++;
    }
    return length;
}
