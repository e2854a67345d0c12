/** The map as the build makes it: outlines and points in one flat picture, by country. */
export type WorldMap = {
  readonly width: number;
  readonly height: number;
  /** Path data by ISO 3166 alpha-2 in lower case; places without a code under a name of their own. */
  readonly shapes: { readonly [code: string]: string };
  /** Where a country is marked. Small states have a point and no shape. */
  readonly points: { readonly [code: string]: readonly [x: number, y: number] };
};
