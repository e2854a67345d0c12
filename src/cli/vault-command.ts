/** `foothold vault`: many cases, encrypted on this device. Each subcommand opens the vault, does one thing and forgets the keys. */
import { nearTo, type OptionName, readArgs, UsageError } from './args.ts';
import type { Run } from './context.ts';
import { secretsOf } from './secret-input.ts';
import type { VaultRun } from './vault-run.ts';

type Sub = { readonly options: readonly OptionName[]; readonly load: () => Promise<(v: VaultRun) => Promise<number>> };

const care = () => import('./vault-care.ts');
const cases = () => import('./vault-cases.ts');
const over = () => import('./vault-overview.ts');
const hand = () => import('./vault-sharing.ts');

const SUBS: Readonly<Record<string, Sub>> = {
  new: { options: ['recovery'], load: async () => (await care()).makeVault },
  add: { options: ['label', 'json'], load: async () => (await cases()).addCase },
  list: { options: ['json'], load: async () => (await cases()).listCases },
  open: { options: [], load: async () => (await cases()).openCase },
  edit: { options: [], load: async () => (await cases()).editCase },
  label: { options: ['label'], load: async () => (await cases()).labelCase },
  remove: { options: ['yes'], load: async () => (await cases()).removeCase },
  attach: { options: ['name', 'type'], load: async () => (await cases()).attachFile },
  take: { options: [], load: async () => (await cases()).takeFile },
  detach: { options: ['yes'], load: async () => (await cases()).detachFile },
  check: { options: ['on', 'all', 'json'], load: async () => (await cases()).checkCase },
  plan: {
    options: ['on', 'goal', 'avoid', 'strict', 'processing', 'all', 'json'],
    load: async () => (await cases()).planCase,
  },
  remind: { options: ['on', 'days', 'json'], load: async () => (await over()).remind },
  changes: { options: ['since', 'all', 'json'], load: async () => (await over()).changesOfCases },
  log: {
    options: ['add', 'format', 'without', 'where', 'json'],
    load: async () => (await import('./vault-log.ts')).logOfCase,
  },
  verify: { options: ['discard', 'json'], load: async () => (await care()).verifyVault },
  mend: { options: [], load: async () => (await care()).mendVault },
  export: { options: [], load: async () => (await care()).exportVault },
  import: { options: [], load: async () => (await care()).importVault },
  passphrase: { options: [], load: async () => (await care()).changePassphrase },
  recover: { options: [], load: async () => (await care()).recoverVault },
  'paper-key': { options: ['discard'], load: async () => (await care()).paperKey },
  key: { options: ['json'], load: async () => (await hand()).showKey },
  share: { options: ['for', 'name', 'all'], load: async () => (await hand()).shareCase },
  unshare: { options: ['for', 'all'], load: async () => (await hand()).unshareCase },
  'hand-over': { options: ['for', 'without', 'yes', 'json'], load: async () => (await hand()).handOverCase },
};

export const VAULT_COMMANDS = Object.keys(SUBS);

export async function vaultCommand(run: Run): Promise<number> {
  const { lang } = run;
  const name = run.args.find((a) => !a.startsWith('-'));
  const sub = name !== undefined && Object.hasOwn(SUBS, name) ? SUBS[name] : undefined;
  if (name === undefined || !sub) {
    const near = name === undefined ? undefined : nearTo(name, VAULT_COMMANDS);
    const list = VAULT_COMMANDS.join(', ');
    throw new UsageError(
      lang === 'ru'
        ? `${name === undefined ? 'Что сделать с хранилищем?' : `Команды «vault ${name}» нет.`}${near ? ` Может быть, ${near}?` : ''}\nЕсть: ${list}. Подробнее: foothold vault --help`
        : `${name === undefined ? 'What shall be done with the vault?' : `There is no "vault ${name}".`}${near ? ` Did you mean ${near}?` : ''}\nThere are: ${list}. More: foothold vault --help`,
    );
  }
  const at = run.args.indexOf(name);
  const args = [...run.args.slice(0, at), ...run.args.slice(at + 1)];
  const known: OptionName[] = [...sub.options, 'vault', 'passphrase-fd', 'lang', 'help'];
  const { positionals, options } = readArgs(args, known, lang, `vault ${name}`);
  const folder = typeof options.vault === 'string' ? options.vault : 'foothold-vault';
  return (await sub.load())({
    run,
    words: positionals,
    options,
    secrets: secretsOf(options, run),
    folder,
    now: clock(),
  });
}

/** Local time to the minute, as the adviser's own clock shows it. */
function clock(at = new Date()): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
