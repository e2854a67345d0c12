/** What the build puts into the page. */
declare const __WORKER__: string;
declare const __LAW__: string;
/** The lab's data, for the explorer. */
declare const __LAB_DATA__: string;
/** One file that runs from a disk: the worker and the law stand in the document itself. */
declare const __ONE_FILE__: boolean;
declare const __VERSION__: string;
/** SHA-256 of the law in this build. */
declare const __DIGEST__: string;

declare module 'virtual:words' {
  import type { Messages } from '@lingui/core';

  const words: { readonly en: Messages; readonly ru: Messages };
  export default words;
}
declare module 'virtual:more-words' {
  import type { Messages } from '@lingui/core';

  const words: { readonly en: Messages; readonly ru: Messages };
  export default words;
}
declare module 'virtual:map' {
  import type { WorldMap } from './map/world.ts';

  const map: WorldMap;
  export default map;
}
declare module '*.css';
