/** The screens of the vault, the pressure log, screening, law packs and reports, with their own words. */
import words from 'virtual:more-words';
import type { MoreScreen } from '../state/screens.ts';
import { learn } from '../words.ts';
import { VaultCare } from './care.tsx';
import { VaultCase } from './case.tsx';
import { VaultChanges } from './changes.tsx';
import { HandOver } from './hand-over.tsx';
import { Leave } from './leave.tsx';
import { Log } from './log.tsx';
import { LogAdd } from './log-add.tsx';
import { LogOut } from './log-out.tsx';
import { Pack } from './pack.tsx';
import { Screening } from './screening.tsx';
import { Vault } from './vault.tsx';
import { Wrong } from './wrong.tsx';

export { Unlock } from './unlock.tsx';

learn(words);

export function MoreBody({ screen }: { readonly screen: MoreScreen }) {
  switch (screen.s) {
    case 'vault':
      return <Vault />;
    case 'vault-care':
      return <VaultCare />;
    case 'vault-leave':
      return <Leave />;
    case 'vault-changes':
      return <VaultChanges />;
    case 'vault-case':
      return <VaultCase number={screen.number} />;
    case 'vault-hand':
      return <HandOver number={screen.number} />;
    case 'log':
      return <Log number={screen.number} />;
    case 'log-add':
      return <LogAdd number={screen.number} corrects={screen.corrects} />;
    case 'log-out':
      return <LogOut number={screen.number} />;
    case 'pack':
      return <Pack />;
    case 'wrong':
      return <Wrong id={screen.id} />;
    case 'screening':
      return <Screening />;
  }
}
