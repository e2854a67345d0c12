/** The screens beyond the first view, with their own words: answers, routes, plans, the law, the vault, screening and the rest. */
import words from 'virtual:more-words';
import { About } from '../screens/about.tsx';
import { Changes } from '../screens/changes.tsx';
import { Erase, Keep, Travel } from '../screens/keep.tsx';
import { Country, Law, ProvisionScreen } from '../screens/law.tsx';
import { PlanScreen } from '../screens/plan.tsx';
import { Plans } from '../screens/plans.tsx';
import { RouteScreen, Routes } from '../screens/routes.tsx';
import { Summary } from '../screens/summary.tsx';
import { Take } from '../screens/take.tsx';
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
    case 'summary':
      return <Summary />;
    case 'routes':
      return <Routes />;
    case 'route':
      return <RouteScreen id={screen.id} />;
    case 'plans':
      return <Plans />;
    case 'plan':
      return <PlanScreen id={screen.id} />;
    case 'changes':
      return <Changes />;
    case 'take':
      return <Take />;
    case 'law':
      return <Law />;
    case 'country':
      return <Country code={screen.code} />;
    case 'provision':
      return <ProvisionScreen id={screen.id} />;
    case 'keep':
      return <Keep />;
    case 'travel':
      return <Travel />;
    case 'erase':
      return <Erase />;
    case 'about':
      return <About />;
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
