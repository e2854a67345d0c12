/**
 * What options weigh for people under one draw of the parameters: the exponentials of their worths, worked out once a draw.
 * A nested logit (McFadden 1978): "here", "elsewhere", "return" and "irregular" are nests. The choice is made by a race: every
 * option runs for a time drawn from the exponential distribution with its weight as rate, and the first wins, which is the same
 * as adding a Gumbel number to each worth and taking the greatest.
 */
import type { Behaviour, Parameters } from './behaviour.ts';
import { GRADES, VISIT_BIT } from './patterns.ts';
import { exp, log } from './random.ts';
import type { RunPersons } from './run-persons.ts';

export class Weights {
  /** Worth of each kind of home, in logits, and what it weighs. */
  private readonly quality: Float64Array;
  readonly kindWeight: Float64Array;
  /** Of each kind of home: the kinds that are worth more (bits). */
  readonly better: Uint8Array;
  /** Weight of each grade (kind of home, discretion or right). */
  readonly grade: Float64Array;
  /** Weight of the best of what a mask of grades holds. */
  readonly mask: Float64Array;
  /** The grade that is the best of a mask; −1: to go there on a visit, or nothing. */
  readonly bestOf: Int8Array;
  /** Pull of each country on whoever would come, without and with good English (one after the other). */
  readonly pull: Float64Array;
  /** What holds whoever is in a country, the wish to stay included. */
  readonly stay: Float64Array;
  /** Return, by shock (1), no home anywhere (2), liable (4), exposed (8). */
  readonly back: Float64Array;
  /** Staying on without status, by country. */
  readonly irregular: Float64Array;
  readonly visaRun: number;
  /** Of every row: the moderation of moves by what they have. */
  readonly purse: Float64Array;
  /** Words below this settle open questions well. */
  readonly openBelow: number;
  /** Words below this let a person get together the papers that a country asks for. */
  readonly papersBelow: number;

  constructor(hosts: readonly string[], persons: RunPersons, behaviour: Behaviour, p: Parameters) {
    const H = hosts.length;
    this.quality = Float64Array.of(p.permit, p.stable, p.stable + p.protection);
    this.kindWeight = this.quality.map((x) => exp(x));
    this.better = Uint8Array.from(this.quality, (own) =>
      this.quality.reduce((bits, x, k) => (x > own ? bits | (1 << k) : bits), 0),
    );
    this.grade = Float64Array.from({ length: GRADES }, (_, g) =>
      exp((this.quality[g >> 1] as number) + (g & 1 ? p.certainty : 0)),
    );
    this.mask = new Float64Array(VISIT_BIT * 2);
    this.bestOf = new Int8Array(VISIT_BIT * 2).fill(-1);
    for (let m = 0; m < this.mask.length; m++) {
      let best = m & VISIT_BIT ? 1 : 0;
      for (let g = 0; g < GRADES; g++) {
        const w = this.grade[g] as number;
        if (m & (1 << g) && w > best) {
          best = w;
          this.bestOf[m] = g;
        }
      }
      this.mask[m] = best;
    }
    const speaks = (h: number): number => (behaviour.russianSpeaking.has(hosts[h] as string) ? p.russianSpeaking : 0);
    this.pull = new Float64Array(2 * H);
    for (let h = 0; h < H; h++) {
      const pull = p.network * log(Math.max(1e-4, persons.networks[h] as number)) + speaks(h);
      this.pull[h] = exp(pull);
      this.pull[H + h] = exp(pull + (behaviour.richer.has(hosts[h] as string) ? p.english : 0));
    }
    // Others of one's own draw those who would come; whoever is there is not the readier to leave for their being few.
    const there = Float64Array.from({ length: H + 1 }, (_, h) =>
      h < H ? speaks(h) - p.drawback * (behaviour.drawbacks.get(hosts[h] as string) ?? 0) : 0,
    );
    this.stay = there.map((x) => exp(p.homePull + x));
    this.irregular = there.map((x) => exp(p.irregular + x));
    this.visaRun = exp(p.visaRun);
    this.back = Float64Array.from({ length: 16 }, (_, k) =>
      exp(
        p.returning +
          (k & 1 ? p.returnShock : 0) +
          (k & 2 ? p.returnNoHome : 0) +
          (k & 4 ? p.dangerLiable : 0) +
          (k & 8 ? p.dangerExposed : 0),
      ),
    );
    this.purse = persons.means.map((x) => exp(-p.moveCost * (1 - x)));
    this.openBelow = Math.floor(p.openQuestion * 4294967296);
    this.papersBelow = Math.floor(p.papers * 4294967296);
  }

  /** Worth of a kind of home, in logits. */
  worth(kind: number): number {
    return this.quality[kind] as number;
  }
}
