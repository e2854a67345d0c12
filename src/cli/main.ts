/** `foothold`: the face on the command line. It finds the command, the language and the day; each command is read only when it is called. */
import { langOf, nearTo, today, UsageError } from './args.ts';
import type { Run } from './context.ts';

const COMMANDS: Readonly<Record<string, () => Promise<(run: Run) => Promise<number>>>> = {
  plan: async () => (await import('./plan-command.ts')).planCommand,
  check: async () => (await import('./check-command.ts')).checkCommand,
  stay: async () => (await import('./stay-command.ts')).stayCommand,
  changes: async () => (await import('./changes-command.ts')).changesCommand,
  law: async () => (await import('./law-command.ts')).lawCommand,
  screen: async () => (await import('./screen-command.ts')).screenCommand,
  vault: async () => (await import('./vault-command.ts')).vaultCommand,
  lab: async () => (await import('./lab-command.ts')).labCommand,
  serve: async () => (await import('./serve-command.ts')).serveCommand,
};

async function main(argv: readonly string[]): Promise<number> {
  const lang = langOf(argv, process.env);
  const command = argv.find((a, i) => !a.startsWith('-') && argv[i - 1] !== '--lang');
  const at = command === undefined ? -1 : argv.indexOf(command);
  const args = at < 0 ? [...argv] : [...argv.slice(0, at), ...argv.slice(at + 1)];
  const tty = process.stdout.isTTY === true;
  const run: Run = {
    args,
    lang,
    today: today(),
    colour: tty && !process.env.NO_COLOR && process.env.TERM !== 'dumb',
    width: Math.max(40, Math.min(80, tty ? process.stdout.columns : 80)),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  };
  try {
    // Looked at before anything else, as it may stand anywhere and in a command that is not known.
    if (args.includes('--version')) {
      const { versionText } = await import('./version.ts');
      run.out(await versionText(lang, args.includes('--json')));
      return 0;
    }
    if (command === undefined || command === 'help' || args.includes('--help') || args.includes('-h')) {
      const { help } = await import('./help.ts');
      const topic = command === 'help' ? args.find((a) => !a.startsWith('-')) : command;
      if (topic !== undefined && !(topic in COMMANDS)) throw unknownCommand(topic, lang);
      (command === undefined && args.length === 0 ? run.err : run.out)(help(topic, lang));
      return command === undefined && args.length === 0 ? 2 : 0;
    }
    const load = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
    if (!load) throw unknownCommand(command, lang);
    const given = args.findIndex((a) => a === '--lang' || a.startsWith('--lang='));
    const wanted = given < 0 ? lang : ((args[given] as string).split('=')[1] ?? args[given + 1]);
    if (wanted !== 'en' && wanted !== 'ru')
      throw new UsageError(
        `--lang: "${wanted ?? ''}" is not understood. Expected: en or ru.\n--lang: нужно en или ru.`,
      );
    return await (await load())(run);
  } catch (e) {
    const { tell } = await import('./errors.ts');
    return tell(e, run);
  }
}

function unknownCommand(name: string, lang: 'en' | 'ru'): UsageError {
  const near = nearTo(name, Object.keys(COMMANDS));
  const list = Object.keys(COMMANDS).join(', ');
  return new UsageError(
    lang === 'ru'
      ? `Команды «${name}» нет.${near ? ` Может быть, ${near}?` : ''}\nЕсть команды: ${list}. Подробнее: foothold --help`
      : `There is no command "${name}".${near ? ` Did you mean ${near}?` : ''}\nCommands: ${list}. More: foothold --help`,
  );
}

// A reader that closes the pipe early (head, less) is no error.
process.stdout.on('error', (e: NodeJS.ErrnoException) => {
  if (e.code !== 'EPIPE') throw e;
});
process.exitCode = await main(process.argv.slice(2));
