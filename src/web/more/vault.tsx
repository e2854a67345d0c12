/** The vault: made, brought back, unlocked; open, the next days over all cases, the cases, and what is to be done with them. */
import { useId, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { Brought } from '../engine/protocol.ts';
import type { VaultInfo } from '../engine/vault-protocol.ts';
import { Broken, Button, Careful, Go, Title, Troubles } from '../parts/basics.tsx';
import { handOut, OpenFiles } from '../parts/files.tsx';
import { Passphrase } from '../parts/passphrase.tsx';
import { useSlices } from '../parts/slowly.tsx';
import { TheirDay } from '../parts/their-day.tsx';
import { useCall } from '../use-call.ts';
import { clock } from '../vault/door.ts';
import { t } from '../words.ts';
import { CopyNotice } from './copy-notice.tsx';
import { Protects } from './protects.tsx';
import { Unlock } from './unlock.tsx';
import { faultOf, faultWords, Outcome, useAct } from './use-vault.tsx';

export function Vault() {
  const { door } = useApp();
  return (
    <>
      <Title>{t('vault.title')}</Title>
      {door.state === 'unread' ? <p role="status">{t('wait.answer')}</p> : null}
      {door.state === 'none' ? <Begin /> : null}
      {door.state === 'shut' ? <Unlock /> : null}
      {door.state === 'open' && door.info ? <Cases /> : null}
    </>
  );
}

/** None is here: make one, or bring one back. */
function Begin() {
  const { door } = useApp();
  const [making, make] = useState(false);
  const [bringing, bring] = useState(false);
  const [recovery, wantRecovery] = useState(false);
  const [made, hold] = useState<{ readonly paper: string; readonly info: VaultInfo } | undefined>(undefined);
  const [zip, choose] = useState<Uint8Array | undefined>(undefined);
  const id = useId();
  // The list of cases comes when the key is on paper: it is shown this once.
  if (made) return <PaperKey paper={made.paper} on={() => void door.opened(made.info)} />;
  return (
    <>
      <p class="lead">{t('vault.lead')}</p>
      <ul>
        <li>{t('vault.is.each')}</li>
        <li>{t('vault.is.age')}</li>
        <li>{t('vault.is.browser')}</li>
      </ul>
      <h2>{t('vault.new')}</h2>
      {making ? (
        <>
          <label class="choice">
            <input
              type="checkbox"
              checked={recovery}
              autocomplete="off"
              onChange={(e) => wantRecovery((e.target as HTMLInputElement).checked)}
            />
            <span>{t('vault.new.paper')}</span>
          </label>
          <Passphrase
            fresh
            label={t('vault.new.do')}
            act={async (passphrase) => {
              try {
                const { paper, info } = await door.engine.call('vaultNew', { passphrase, recovery, now: clock() }).done;
                if (paper === undefined) await door.opened(info);
                else hold({ paper, info });
              } catch (e) {
                return faultWords(e);
              }
              return undefined;
            }}
          />
        </>
      ) : (
        <Button look="main" onClick={() => make(true)}>
          {t('vault.new.choose')}
        </Button>
      )}
      <h2>{t('vault.back')}</h2>
      <p>{t('vault.back.words')}</p>
      {bringing ? (
        <div class="box">
          <label for={id}>{t('vault.back.file')}</label>
          <input
            id={id}
            type="file"
            accept=".zip"
            onChange={async (e) => {
              const file = (e.target as HTMLInputElement).files?.[0];
              choose(file ? new Uint8Array(await file.arrayBuffer()) : undefined);
            }}
          />
          {zip ? (
            <Passphrase
              fresh={false}
              label={t('vault.back.do')}
              act={async (passphrase) => {
                try {
                  await door.engine.call('vaultRestore', { zip, passphrase }).done;
                  await door.opened(await door.engine.call('vaultUnlock', { passphrase }).done);
                } catch (e) {
                  return faultWords(e);
                }
                return undefined;
              }}
            />
          ) : null}
        </div>
      ) : (
        <Button onClick={() => bring(true)}>{t('vault.back.choose')}</Button>
      )}
      <Careful>
        <p>{t('vault.limits')}</p>
      </Careful>
      <Protects />
    </>
  );
}

/** Shown once. */
export function PaperKey({ paper, on }: { readonly paper: string; readonly on: () => void }) {
  const [written, check] = useState(false);
  return (
    <section class="box">
      <h2>{t('paper.title')}</h2>
      <p>{t('paper.words')}</p>
      <p class="paper">
        <code>{paper}</code>
      </p>
      <label class="choice">
        <input
          type="checkbox"
          checked={written}
          autocomplete="off"
          onChange={(e) => check((e.target as HTMLInputElement).checked)}
        />
        <span>{t('paper.written')}</span>
      </label>
      <Button look="main" disabled={!written} onClick={on}>
        {t('paper.on')}
      </Button>
    </section>
  );
}

/** So many days ahead are shown at once; what has passed is among them. */
const NEAR = 90;
const FEW = 8;

function Cases() {
  const { door, state, openCase, go } = useApp();
  const info = door.info as NonNullable<typeof door.info>;
  const opening = useAct();
  const [asked, ask] = useState<number | undefined>(undefined);
  const [filter, only] = useState('');
  const [unread, tell] = useState<Awaited<ReturnType<typeof openCase>> | undefined>(undefined);
  const id = useId();
  const loose = !door.current && Object.keys(state.answers).length > 0;
  const open = (number: number) => {
    if (loose && asked !== number) {
      ask(number);
      return;
    }
    ask(undefined);
    void opening.act(async () => {
      const opened = await openCase(number);
      if (!opened.read.ok) tell(opened);
      return undefined;
    });
  };
  const cases = info.cases.filter((c) => c.label.toLocaleLowerCase().includes(filter.trim().toLocaleLowerCase()));
  const n = useSlices(cases.length);
  return (
    <>
      {info.readOnly ? <Mend fault={info.readOnly} /> : null}
      <CopyNotice />
      <Outcome of={opening} />
      {unread && !unread.read.ok ? (
        <div class="box">
          <p>{t('keep.trouble')}</p>
          <Troubles list={unread.read.trouble} />
          <Button onClick={() => handOut('case.yaml', unread.text, 'application/yaml')}>{t('take.file.do')}</Button>
        </div>
      ) : null}
      {asked === undefined ? null : (
        <div class="box" role="alert">
          <p>{t('vault.loose')}</p>
          <div class="actions">
            <Button look="main" onClick={() => ask(undefined)}>
              {t('vault.loose.stay')}
            </Button>
            <Button look="danger" onClick={() => open(asked)}>
              {t('vault.loose.drop')}
            </Button>
          </div>
        </div>
      )}
      {info.cases.length ? <Due open={open} /> : <p class="lead">{t('vault.empty')}</p>}
      {info.cases.length ? (
        <>
          <h2>{t('vault.cases', { n: info.cases.length })}</h2>
          {info.cases.length > FEW ? (
            <div class="field">
              <label for={id}>{t('vault.filter')}</label>
              <input
                id={id}
                type="text"
                autocomplete="off"
                spellcheck={false}
                value={filter}
                onInput={(e) => only((e.target as HTMLInputElement).value)}
              />
            </div>
          ) : null}
          <ul class="caselist">
            {cases.slice(0, n).map((c) => (
              <li key={c.number}>
                <span class="muted">{c.number}</span>
                <span class="label">{c.label}</span>
                <span class="muted small">{t('vault.saved', { day: c.saved })}</span>
                <span class="acts">
                  <Button onClick={() => open(c.number)} disabled={opening.busy}>
                    {t('vault.open')}
                    <span class="hidden"> {c.label}</span>
                  </Button>
                  <Go to={{ s: 'vault-case', number: c.number }}>
                    {t('vault.about')}
                    <span class="hidden"> {c.label}</span>
                  </Go>
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Add loose={loose} />
      <h2>{t('vault.more')}</h2>
      <ul class="plain">
        <li>
          <Go to={{ s: 'vault-changes' }}>{t('vault.changes')}</Go>
        </li>
        <li>
          <Go to={{ s: 'pack' }}>{t('pack.title')}</Go>
        </li>
        <li>
          <Go to={{ s: 'vault-care' }}>{t('care.title')}</Go>
        </li>
        <li>
          <Go to={{ s: 'vault-leave' }}>{t('leave.title')}</Go>
        </li>
        <li>
          <Go to={{ s: 'screening' }}>{t('task.screening')}</Go>
        </li>
      </ul>
      <p>
        <Button look="link" onClick={() => go({ s: 'stand' })}>
          {t('go.stand')}
        </Button>
      </p>
    </>
  );
}

function Mend({ fault }: { readonly fault: string }) {
  const { door } = useApp();
  const mending = useAct();
  return (
    <Careful grave>
      <p>{faultOf(fault)}</p>
      <p>{t('vault.mend.words')}</p>
      <Button
        disabled={mending.busy}
        onClick={() =>
          void mending.act(async () => {
            await door.opened(await door.engine.call('vaultMend', {}).done);
            return t('vault.mended');
          })
        }
      >
        {t('vault.mend')}
      </Button>
      <Outcome of={mending} />
    </Careful>
  );
}

/** The next days over all cases. */
function Due({ open }: { readonly open: (number: number) => void }) {
  const { door, today, state } = useApp();
  const call = useCall(door.engine, 'vaultDue', { on: today, lang: state.lang, at: door.info?.counter ?? 0 });
  const [all, showAll] = useState(false);
  const v = call.value;
  if (call.error) return <Broken why={call.error} />;
  if (!v) return <p role="status">{t('due.busy')}</p>;
  const limit = new Date(`${today}T12:00:00Z`);
  limit.setUTCDate(limit.getUTCDate() + NEAR);
  const until = limit.toISOString().slice(0, 10);
  const near = v.rows.filter((r) => r.day !== undefined && r.day <= until);
  const unknown = v.rows.filter((r) => r.day === undefined);
  const shown = all ? near : near.slice(0, FEW);
  return (
    <section aria-busy={call.busy}>
      <h2>{t('due.title')}</h2>
      {near.length === 0 ? <p>{t('due.none', { n: NEAR })}</p> : null}
      <ol class="due">
        {shown.map((r, i) => (
          <li key={`${r.number}-${i}`} class={r.passed ? 'passed' : ''}>
            <strong>{r.when}</strong> <span class="muted">{r.left}</span>
            <br />
            <Button look="link" onClick={() => open(r.number)}>
              {r.number} {r.label}
            </Button>
            : {r.what}
            {r.sure ? '' : ` (${t('stand.notsure')})`}
          </li>
        ))}
      </ol>
      {near[0]?.day ? <TheirDay country={undefined} day={near.find((r) => !r.passed)?.day ?? near[0].day} /> : null}
      {near.length > shown.length ? (
        <Button onClick={() => showAll(true)}>{t('due.all', { n: near.length - shown.length })}</Button>
      ) : null}
      {unknown.length ? (
        <p>
          {t('due.unknown', { n: unknown.length })}{' '}
          {unknown.slice(0, FEW).map((r) => (
            <span key={r.number}>
              <Button look="link" onClick={() => open(r.number)}>
                {r.number} {r.label}
              </Button>{' '}
            </span>
          ))}
        </p>
      ) : null}
      {v.failed.length ? (
        <Careful grave>
          <p>{t('due.failed', { n: v.failed.length })}</p>
          <ul>
            {v.failed.map((f) => (
              <li key={f.number}>
                {f.number} {f.label}: {faultOf(f.why)}
              </li>
            ))}
          </ul>
        </Careful>
      ) : null}
    </section>
  );
}

/** Another case: empty, of what is open, of a file, or one that was handed over. */
function Add({ loose }: { readonly loose: boolean }) {
  const { door, state, openCase, go, keeper } = useApp();
  const info = door.info as NonNullable<typeof door.info>;
  const next = info.cases.reduce((most, c) => Math.max(most, c.number), 0) + 1;
  const [label, setLabel] = useState('');
  const [file, wantFile] = useState(false);
  const [handed, wantHanded] = useState(false);
  const adding = useAct();
  const id = useId();
  const named = () => (label.trim() === '' ? t('vault.case', { n: next }) : label.trim());
  const add = (brought: Partial<Brought>) =>
    adding.act(async () => {
      const answers = brought.answers ?? {};
      const number = await door.engine.call('vaultAdd', {
        label: named(),
        answers,
        origin: brought.origin,
        now: clock(),
      }).done;
      await door.refresh();
      setLabel('');
      wantFile(false);
      return t('vault.added', { n: number });
    });
  return (
    <>
      <h2>{t('vault.add')}</h2>
      <div class="field">
        <label for={id}>{t('vault.label')}</label>
        <p class="hint">{t('vault.label.hint')}</p>
        <input
          id={id}
          type="text"
          autocomplete="off"
          spellcheck={false}
          maxLength={120}
          value={label}
          onInput={(e) => setLabel((e.target as HTMLInputElement).value)}
        />
      </div>
      <div class="actions">
        {loose ? (
          <Button
            look="main"
            disabled={adding.busy}
            onClick={() =>
              void adding.act(async () => {
                const number = await door.addCase(named(), state);
                // From now on it is kept in the vault alone; what was kept for one person stays as it is, locked.
                await keeper.lock();
                setLabel('');
                return t('vault.added', { n: number });
              })
            }
          >
            {t('vault.add.open')}
          </Button>
        ) : null}
        <Button
          disabled={adding.busy || loose}
          onClick={() =>
            void adding.act(async () => {
              const number = await door.engine.call('vaultAdd', { label: named(), answers: {}, now: clock() }).done;
              await door.refresh();
              await openCase(number);
              go({ s: 'next' });
              return undefined;
            })
          }
        >
          {t('vault.add.empty')}
        </Button>
        <Button onClick={() => wantFile(!file)}>{t('vault.add.file')}</Button>
        <Button onClick={() => wantHanded(!handed)}>{t('vault.add.handed')}</Button>
      </div>
      <Outcome of={adding} />
      {file ? <OpenFiles done={(brought) => void add(brought)} /> : null}
      {handed ? <Handed on={() => wantHanded(false)} /> : null}
    </>
  );
}

function Handed({ on }: { readonly on: () => void }) {
  const { door } = useApp();
  const taking = useAct();
  const id = useId();
  return (
    <div class="box">
      <p>{t('handed.words')}</p>
      <p>
        {t('handed.key')} <code class="address">{door.info?.recipient}</code>
      </p>
      <label for={id}>{t('handed.file')}</label>
      <input
        id={id}
        type="file"
        accept=".age"
        onChange={(e) =>
          void taking.act(async () => {
            const file = (e.target as HTMLInputElement).files?.[0];
            if (!file) return undefined;
            const bytes = new Uint8Array(await file.arrayBuffer());
            const number = await door.engine.call('vaultReceive', { file: bytes, now: clock() }).done;
            await door.refresh();
            return t('handed.taken', { n: number });
          })
        }
      />
      <Outcome of={taking} />
      <Button onClick={on}>{t('handed.close')}</Button>
    </div>
  );
}
