/**
 * Takes the ways out of the page's hands before anything else runs. It guards against accident and surprises in
 * dependencies; it is no boundary (docs/page.md says what is).
 */
const WAYS_OUT = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'RTCPeerConnection', 'WebTransport', 'open'];

for (const name of WAYS_OUT) {
  try {
    Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
  } catch {
    // A browser that does not let go of one: the policy of the document still stands.
  }
}
try {
  Object.defineProperty(Navigator.prototype, 'sendBeacon', { value: undefined });
} catch {
  // As above.
}
