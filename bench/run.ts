/** `npm run bench -- <name>`: runs one bench, a file of this folder with a `run` function. */
const BENCHES = ['rules', 'plan', 'peers', 'lab', 'screen', 'serve', 'web', 'scale'];

const [name] = process.argv.slice(2);
if (name === undefined || !BENCHES.includes(name)) {
  console.error(`Which bench? npm run bench -- ${BENCHES.join('|')}${name === undefined ? '' : ` (found "${name}")`}`);
  process.exitCode = 2;
} else {
  const bench = (await import(`./${name}.ts`)) as { readonly run: () => Promise<void> };
  await bench.run();
}
