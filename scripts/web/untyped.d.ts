/** What the build uses of packages that bring no types. */
declare module 'd3-geo' {
  export type Projection = {
    (point: readonly [number, number]): [number, number] | null;
    fitExtent(extent: readonly (readonly [number, number])[], object: object): Projection;
    precision(p: number): Projection;
  };
  export function geoNaturalEarth1(): Projection;
  export function geoPath(projection: Projection): {
    (object: object): string | null;
    digits(n: number): ReturnType<typeof geoPath>;
    centroid(object: object): [number, number];
    bounds(object: object): [[number, number], [number, number]];
    area(object: object): number;
  };
  export function geoContains(object: object, point: readonly [number, number]): boolean;
}
declare module 'topojson-client' {
  export function feature(topology: object, object: object): { features: Feature[] } & Feature;
  export function merge(topology: object, objects: readonly object[]): Geometry;
  export type Geometry = { type: string; coordinates: number[][][][] };
  export type Feature = { id?: string; properties: { name: string }; geometry: Geometry };
}
