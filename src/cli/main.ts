import { lawCheckCommand } from './law-check.ts';

const [command, sub, ...rest] = process.argv.slice(2);
if (command === 'law' && sub === 'check') process.exitCode = lawCheckCommand(rest, (t) => process.stdout.write(t));
else {
  process.stderr.write('foothold: usage: foothold law check [JURISDICTION…]\n');
  process.exitCode = 2;
}
