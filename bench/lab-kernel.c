/* The reference of `npm run bench -- lab`: the same table-driven simulation as bench/lab-kernel.ts, the same numbers to the bit.
   gcc -O2 -ffp-contract=off. Arguments: persons, days. Prints events, digest and seconds. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define HOSTS 32
#define KINDS 8
#define GROUPS 8
#define OPTIONS 6
#define MONTHS 120

static uint32_t o0, o1;
static inline uint32_t rot(uint32_t x, int n) { return (x << n) | (x >> (32 - n)); }
static inline void threefry(uint32_t k0, uint32_t k1, uint32_t c0, uint32_t c1) {
  uint32_t k2 = k0 ^ k1 ^ 0x1bd11bdau, x = c0 + k0, y = c1 + k1;
#define R(n) x += y; y = rot(y, n) ^ x;
  R(13) R(15) R(26) R(6) x += k1; y += k2 + 1;
  R(17) R(29) R(16) R(24) x += k2; y += k0 + 2;
  R(13) R(15) R(26) R(6) x += k0; y += k1 + 3;
  R(17) R(29) R(16) R(24) x += k1; y += k2 + 4;
  R(13) R(15) R(26) R(6) x += k2; y += k0 + 5;
  o0 = x; o1 = y;
}
static double pow2m[32], twoTo[2080];
static const double LN2 = 0.6931471805599453;
static inline double logMantissa(double m) {
  double s = (m - 1.4142135623730951) / (m + 1.4142135623730951), q = s * s;
  double series = 1 + q * (1.0 / 3 + q * (1.0 / 5 + q * (1.0 / 7 + q * (1.0 / 9 + q * (1.0 / 11 + q * (1.0 / 13 + q * (1.0 / 15 + q / 17)))))));
  return 0.34657359027997264 + 2 * s * series;
}
static inline double logUnit(uint32_t word) {
  double w = word + 0.5;
  int e = word ? 31 - __builtin_clz(word) : -1;
  double m = e < 0 ? 1 : w * pow2m[e];
  return (e < 0 ? -33 : e - 32) * LN2 + logMantissa(m);
}
static inline double ex(double x) {
  double c = x < -700 ? -700 : x > 700 ? 700 : x;
  double n = floor(c / LN2 + 0.5), r = c - n * LN2;
  double p = 1 + r * (1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r * (1.0 / 720 + r * (1.0 / 5040 + r * (1.0 / 40320 + r * (1.0 / 362880 + r / 3628800)))))))));
  return p * twoTo[(int)n + 1040];
}
static double hazard[GROUPS * HOSTS * KINDS], utility[HOSTS * OPTIONS], slope[GROUPS * OPTIONS];
static uint8_t target[HOSTS * OPTIONS];
static double counts[MONTHS * KINDS];

int main(int argc, char **argv) {
  int n = atoi(argv[1]);
  int days = atoi(argv[2]);
  for (int e = 0; e < 32; e++) pow2m[e] = ldexp(1, -e);
  for (int i = 0; i < 2080; i++) twoTo[i] = ldexp(1, i - 1040);
  for (int k = 0; k < GROUPS * HOSTS * KINDS; k++) { threefry(7, 1, k, 0); hazard[k] = (0.2 + 0.6 * ((o0 + 0.5) / 4294967296.0)) / 365.25; }
  for (int k = 0; k < HOSTS * OPTIONS; k++) { threefry(7, 2, k, 0); utility[k] = 2 * ((o0 + 0.5) / 4294967296.0) - 1; target[k] = o1 & 255; }
  for (int k = 0; k < GROUPS * OPTIONS; k++) { threefry(7, 3, k, 0); slope[k] = ((o0 + 0.5) / 4294967296.0) - 0.5; }
  struct timespec a, b;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
  long events = 0;
  for (int i = 0; i < n; i++) {
    threefry(1, 1, i, 0);
    int group = o0 & 7, host = (o0 >> 3) & 31, kind = (o0 >> 8) & 7;
    double means = (o1 + 0.5) / 4294967296.0;
    double t = 0;
    int last = 0;
    for (int k = 1;; k++) {
      threefry(1, 1, i, k);
      uint32_t pick = o1;
      t += -logUnit(o0) / hazard[(group * HOSTS + host) * KINDS + kind];
      int end = t >= days;
      int m = end ? MONTHS : (int)(t * (1 / 30.4375));
      if (m > MONTHS) m = MONTHS;
      if (last < MONTHS) counts[last * KINDS + kind] += m - last;
      last = m;
      if (end) break;
      events++;
      double v[OPTIONS], sum = 0;
      for (int j = 0; j < OPTIONS; j++) { v[j] = ex(utility[host * OPTIONS + j] + slope[group * OPTIONS + j] * means); sum += v[j]; }
      double u = ((pick + 0.5) / 4294967296.0) * sum;
      int j = 0;
      while (j < OPTIONS - 1 && (u -= v[j]) > 0) j++;
      int to = target[host * OPTIONS + j];
      host = to & 31;
      kind = to >> 5;
    }
  }
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
  double digest = 0;
  for (int k = 0; k < MONTHS * KINDS; k++) digest += counts[k] * (k % 97 + 1);
  printf("{\"events\":%ld,\"digest\":%.0f,\"seconds\":%.6f}\n", events, digest, (b.tv_sec - a.tv_sec) + (b.tv_nsec - a.tv_nsec) / 1e9);
  return 0;
}
