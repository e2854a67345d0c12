/** `--help`: what each command does, in both languages. */

import type { Lang } from '../law/say.ts';
import { ENTRY_EXAMPLE, ENTRY_EXAMPLE_RU } from '../protect/log/read-entry.ts';
import { KINDS as LOG_KINDS } from '../protect/log/types.ts';
import { LISTS } from '../protect/screen/entries.ts';

type Topic = { readonly en: string; readonly ru: string };

const COMMON: Topic = {
  en: `  --json            one JSON value on standard output and nothing else
  --lang en|ru      language (default: that of the system)
  -h, --help        this page
`,
  ru: `  --json            одно значение JSON в стандартный вывод и больше ничего
  --lang en|ru      язык (по умолчанию — язык системы)
  -h, --help        эта страница
`,
};

const DAY: Topic = {
  en: '  --on DAY          the day asked about, like 2026-12-01 (default: today)\n',
  ru: '  --on ДЕНЬ         на какой день отвечать, 2026-12-01 (по умолчанию — сегодня)\n',
};

/** Names parted by commas, in lines that fit a terminal. */
function wrapped(names: readonly string[]): string {
  const lines = [''];
  for (const n of names) {
    if ((lines.at(-1) as string).length + n.length > 64) lines.push('');
    lines[lines.length - 1] += `${n}, `;
  }
  return lines
    .map((l) => l.trimEnd())
    .join('\n  ')
    .replace(/,$/, '');
}

const listLines = (lang: Lang): string =>
  Object.values(LISTS)
    .map((l) => `  ${l.title[lang]}\n    ${l.address}\n`)
    .join('');

const TOPICS: Readonly<Record<string, Topic>> = {
  plan: {
    en: `foothold plan PERSON.yaml [options]

Dated, lawful steps to a goal: when to file what and where, what happens if an
answer is no, which steps are dangerous. Every plan is checked twice.
PERSON.yaml may be "-": the file is then read from standard input.

${DAY.en}  --goal GOAL       permanent (default), citizenship, protection, years:N
  --avoid kz,kg     countries not to be in
  --by DAY          the last day for the goal (default: ten years from now)
  --why TARGET      why not there: a country (de) or a route (de/blue-card)
  --against FILE    whether earlier plans still hold: FILE is what --json
                    printed then
  --strict          only plans that rest on nothing you have not told
  --one-front       all countries together, whatever would have to be true: the
                    plans that none anywhere beats in days, money, risk
  --processing WHICH  count with the longest (default) or the usual time
  --all             every plan, not only the best three
${COMMON.en}`,
    ru: `foothold plan ЧЕЛОВЕК.yaml [параметры]

Законные шаги к цели по датам: когда, куда и что подавать, что делать при
отказе, какие шаги опасны. Каждый план проверен дважды.
Вместо файла можно написать «-»: тогда читается стандартный ввод.

${DAY.ru}  --goal ЦЕЛЬ       permanent (по умолчанию), citizenship, protection, years:N
  --avoid kz,kg     страны, в которых не хочется быть
  --by ДЕНЬ         последний день для цели (по умолчанию через десять лет)
  --why ЧТО         почему не туда: страна (de) или основание (de/blue-card)
  --against ФАЙЛ    в силе ли прежние планы: в файле то, что вывел
                    тогда --json
  --strict          только планы, которые не опираются на несказанное
  --one-front       все страны вместе, что бы ни пришлось допустить: планы,
                    лучше которых нигде нет (дни, деньги, риск)
  --processing КАК  считать по самому долгому сроку (longest, по умолчанию)
                    или по обычному (usual)
  --all             все планы, а не три лучших
${COMMON.ru}`,
  },
  check: {
    en: `foothold check PERSON.yaml [ROUTE…] [options]

Every route for one person on one day: yes, no or unknown; why; what is missing;
the smallest change that would open it. With routes named: in full.

${DAY.en}  --all             also everything that is closed
${COMMON.en}`,
    ru: `foothold check ЧЕЛОВЕК.yaml [ОСНОВАНИЕ…] [параметры]

Все основания для одного человека на один день: да, нет или неизвестно; почему;
чего не хватает; какая наименьшая перемена откроет. Названные — подробно.

${DAY.ru}  --all             и всё закрытое
${COMMON.ru}`,
  },
  stay: {
    en: `foothold stay PERSON.yaml AREA_OR_RULE [options]

Days used and left under a stay rule, the last lawful day, the next entry.
For example: foothold stay people/irina.yaml schengen

${DAY.en}${COMMON.en}`,
    ru: `foothold stay ЧЕЛОВЕК.yaml ЗОНА_ИЛИ_ПРАВИЛО [параметры]

Сколько дней использовано и осталось, последний законный день, следующий въезд.
Например: foothold stay people/irina.yaml schengen

${DAY.ru}${COMMON.ru}`,
  },
  changes: {
    en: `foothold changes [PERSON.yaml] --from DAY [--to DAY] [options]

What changed in the law between two days; with a person, what it means for them.

  --from DAY        first day, 2026-01-01
  --to DAY          last day (default: today)
  --all             also what means nothing for the person
${COMMON.en}`,
    ru: `foothold changes [ЧЕЛОВЕК.yaml] --from ДЕНЬ [--to ДЕНЬ] [параметры]

Что изменилось в праве между двумя днями; с файлом — что это значит
для человека.

  --from ДЕНЬ       первый день, 2026-01-01
  --to ДЕНЬ         последний день (по умолчанию — сегодня)
  --all             и то, что человека не касается
${COMMON.ru}`,
  },
  screen: {
    en: `foothold screen NAME… [NUMBER…]         an organisation by name, INN, OGRN
foothold screen --take FILE             keep a list that you downloaded

An employer, bank or counterparty against official sanctions lists, on this
device: no connection is opened. Organisations only, never persons. The answer
is evidence, never a clearance. "-" reads names and numbers, one a line.

  --lists FOLDER    where the lists are kept (default: foothold-lists)
  --all             also what is less alike
${COMMON.en}
Lists, to be downloaded with a browser:
${listLines('en')}`,
    ru: `foothold screen НАЗВАНИЕ… [НОМЕР…]      организация по названию, ИНН, ОГРН
foothold screen --take ФАЙЛ             взять список, который вы скачали

Работодатель, банк или контрагент против официальных санкционных списков — на
этом устройстве, без соединения с сетью. Только организации, никогда не люди.
Ответ — сведения, а не справка о чистоте. «-» читает названия и номера, по
одному в строке.

  --lists ПАПКА     где лежат списки (по умолчанию foothold-lists)
  --all             и менее похожие
${COMMON.ru}
Списки, которые можно скачать браузером:
${listLines('ru')}`,
  },
  vault: {
    en: `foothold vault new [--recovery]         a new vault; with a paper key
foothold vault add < person.yaml        a case (--label: a pseudonym)
foothold vault list | open N | edit N < person.yaml | label N | remove N
foothold vault attach N < FILE | take N ID | detach N ID
foothold vault check N [ROUTE…] | plan N
foothold vault remind                   the next deadlines of all cases
foothold vault changes --since DAY      which cases the law has touched
foothold vault log N [--add < entry.yaml] [--format text|html|json]
                                        what was done to the person: calls,
                                        threats, summonses, who was told
foothold vault log N --where            where it can be told in the countries
                                        of the case, and what that leads to
foothold vault verify | mend            whether every file is as it was saved
foothold vault export FILE.zip          a copy, opened once to be sure of it
foothold vault import FILE              a copy, or a case handed over to you
foothold vault passphrase | recover | paper-key
foothold vault key                      your key, for those who share with you
foothold vault share N --for age1… | unshare N --for age1…   (--all: all cases)
foothold vault hand-over N --for age1… [--without FIELDS] [--yes > FILE.age]

Many cases, each encrypted on its own (age format), on this device only. What it
protects against, and what not: docs/security.md. Facts are read from standard
input, never from arguments.

  --vault FOLDER    where the vault is (default: foothold-vault)
  --passphrase-fd N the passphrase from a descriptor, not from the terminal
${COMMON.en}
An entry of the log:

${ENTRY_EXAMPLE}
Kinds: ${wrapped(Object.keys(LOG_KINDS))}
`,
    ru: `foothold vault new [--recovery]         новое хранилище; с бумажным ключом
foothold vault add < person.yaml        новое дело (--label: псевдоним)
foothold vault list | open N | edit N < person.yaml | label N | remove N
foothold vault attach N < ФАЙЛ | take N ID | detach N ID
foothold vault check N [ОСНОВАНИЕ…] | plan N
foothold vault remind                   ближайшие сроки по всем делам
foothold vault changes --since ДЕНЬ     каких дел коснулись перемены в праве
foothold vault log N [--add < entry.yaml] [--format text|html|json]
                                        журнал давления: звонки, угрозы,
                                        повестки, кому сообщено
foothold vault log N --where            кому об этом сообщить в странах дела
                                        и к чему это ведёт
foothold vault verify | mend            все ли файлы такие, как были сохранены
foothold vault export ФАЙЛ.zip          копия; она открывается для проверки
foothold vault import ФАЙЛ              копия или переданное вам дело
foothold vault passphrase | recover | paper-key
foothold vault key                      ваш ключ для тех, кто делится с вами
foothold vault share N --for age1… | unshare N --for age1…   (--all: все дела)
foothold vault hand-over N --for age1… [--without ПОЛЯ] [--yes > ФАЙЛ.age]

Много дел, каждое зашифровано отдельно (формат age), только на этом устройстве.
От чего это защищает и от чего нет: docs/security.md. Сведения читаются из
стандартного ввода, не из аргументов.

  --vault ПАПКА     где хранилище (по умолчанию foothold-vault)
  --passphrase-fd N пароль из дескриптора, а не с терминала
${COMMON.ru}
Запись журнала:

${ENTRY_EXAMPLE_RU}
Виды: ${wrapped(Object.keys(LOG_KINDS))}
`,
  },
  law: {
    en: `foothold law list [JURISDICTION…] [--kind KIND]
foothold law show ID [--on DAY]
foothold law check [JURISDICTION…] [--stale DAY] [--numbers]
foothold law take FILE [PERSON.yaml] [--yes] [--key PUBLIC]
foothold law back
foothold law report FILE [--out FOLDER]

The law itself: all provisions; one as of a day, with its figures and sources;
everything that can be wrong with the files, with all worked examples run. A
package takes newer law as a signed pack, after showing what it changes. A
report that a rule is wrong becomes a draft of a patch and a failing example.

${DAY.en}  --stale DAY       what to verify again by that day, most relied on first
  --numbers         numbers that no worked example tells from one unit beside
  --out FOLDER      report: write the draft there instead of showing it
  --kind KIND       route, stay, restriction, document, status, clock,
                    overstay, danger, support
${COMMON.en}`,
    ru: `foothold law list [СТРАНА…] [--kind ВИД]
foothold law show ЗАПИСЬ [--on ДЕНЬ]
foothold law check [СТРАНА…] [--stale ДЕНЬ] [--numbers]
foothold law take ФАЙЛ [ЧЕЛОВЕК.yaml] [--yes] [--key КЛЮЧ]
foothold law back
foothold law report ФАЙЛ [--out ПАПКА]

Само право: все записи; одна на день, с числами и источниками; проверка файлов
и всех разобранных примеров. Пакет с новым правом принимают, увидев, что он
меняет. Из сообщения об ошибке в правиле получается черновик изменения и
пример, который сейчас не сходится.

${DAY.ru}  --stale ДЕНЬ      что к этому дню нужно проверить заново, важное раньше
  --numbers         числа, у которых нет примера по обе стороны границы
  --out ПАПКА       report: записать черновик туда, а не показать
  --kind ВИД        route, stay, restriction, document, status, clock,
                    overstay, danger, support
${COMMON.ru}`,
  },
  lab: {
    en: `foothold lab population | coverage | scenarios | run | compare | levers |
             validate | brief | shard | merge | worker | register

The same law for invented persons drawn from sourced figures: whom a rule shuts
out. Nothing here is about a real person, and nothing is a forecast.

  population        who is in it, and how it fits the published figures
  coverage          who has which kind of home open on a day
  scenarios         the library of changes to the law
  run [SCENARIO…]   people choose, from 2022 to a horizon
  compare SCENARIO… what a change does to whom, with its uncertainty
  levers            which changes open most, and who would have to act
  validate          the run against figures that it was not fitted to
  brief SCENARIO…   one page (HTML) with charts, sources and uncertainty
  shard SCENARIO…   a run parted for other machines (docs/scale.md): with --out
                    the job, then --job FILE --index N one of its shards
  merge FOLDER      the shards of a folder, each once, into the answer of run
  worker            computes shards for others (--on redis://…), until stopped
  register [ROUTE…] the routes of a day as SQL, for a register (--on DAY,
                    --dialect duckdb | clickhouse | spark | trino)
A SCENARIO is a file, or a name of the library.

${DAY.en}  --persons N       how many invented persons
  --seed N          the start of the random numbers: same seed, same bytes
  --row N           population: one person as a person file, to try with check
  --subgroup ID     coverage, levers: one subgroup in full
  --scenario A,B    coverage: these changes together
  --data FILE       coverage: your own microdata (.csv, .parquet), with
                    --mapping FILE.yaml; shard: sealed in parts, only with
                    --allow-microdata
  --to DAY          run, compare, brief: the horizon (default 2027-12-31)
  --draws N         run, compare, brief, validate: draws of the assumptions
  --workers N       threads; the result does not depend on it
  --pairs           levers: pairs of changes as well
  --out PATH        population, coverage, levers: a table (.csv, .parquet); run,
                    compare, brief: a folder for tables and the page, from which
                    a stopped run goes on
  --rows N --each N run, shard: persons and draws of a shard
  --on redis://…    run, compare, brief, worker: shards are computed by whoever
                    works on that queue; rediss:// for TLS (--ca FILE.pem), the
                    password from a descriptor (--passphrase-fd 3 3< FILE)
  --count           shard: how many shards the job of --job has
  --parquet         run, merge, compare, brief: tables in --out as Parquet as
                    well (needs DuckDB)
  --idle S --lock S worker: ends after S seconds without work; loses its shard
                    after S seconds of silence (default 30)
${COMMON.en}`,
    ru: `foothold lab population | coverage | scenarios | run | compare | levers |
             validate | brief | shard | merge | worker | register

То же право для вымышленных людей, созданных по опубликованным данным: кого
какая норма оставляет без дома. Здесь нет настоящих людей и нет прогнозов.

  population        кто в нём и насколько он сходится с данными
  coverage          у кого какой дом доступен в этот день
  scenarios         библиотека изменений права
  run [СЦЕНАРИЙ…]   люди выбирают, с 2022 года до горизонта
  compare СЦЕНАРИЙ… что изменение делает с кем, с неопределённостью
  levers            какие изменения открывают больше всего и кто их примет
  validate          расчёт против данных, под которые его не подгоняли
  brief СЦЕНАРИЙ…   одна страница (HTML) с графиками и источниками
  shard СЦЕНАРИЙ…   расчёт частями для других машин (docs/scale.md): с --out
                    задание, затем --job ФАЙЛ --index N одна часть
  merge ПАПКА       части из папки, каждая один раз, в ответ команды run
  worker            считает части для других (--on redis://…), пока не остановят
  register [ПУТЬ…]  пути на этот день как SQL, для реестра (--on ДЕНЬ,
                    --dialect duckdb | clickhouse | spark | trino)
СЦЕНАРИЙ — файл или имя из библиотеки.

${DAY.ru}  --persons N       сколько вымышленных людей
  --seed N          начало случайных чисел: то же число — те же байты
  --row N           population: один человек как файл, чтобы проверить его
  --subgroup ID     coverage, levers: одна группа подробно
  --scenario A,B    coverage: эти изменения вместе
  --data ФАЙЛ       coverage: свои данные (.csv, .parquet), вместе с
                    --mapping ФАЙЛ.yaml; shard: запечатанные части, только
                    с --allow-microdata
  --to ДЕНЬ         run, compare, brief: горизонт (по умолчанию 2027-12-31)
  --draws N         run, compare, brief, validate: наборы предположений
  --workers N       потоки; результат от этого не зависит
  --pairs           levers: и пары изменений
  --out ПУТЬ        population, coverage, levers: таблица (.csv, .parquet);
                    run, compare, brief: папка для таблиц и страницы, с которой
                    прерванное продолжится
  --rows N --each N run, shard: сколько людей и наборов в части
  --on redis://…    run, compare, brief, worker: части считают те, кто работает
                    на этой очереди; TLS — rediss:// (--ca ФАЙЛ.pem), пароль из
                    дескриптора (--passphrase-fd 3 3< ФАЙЛ)
  --count           shard: сколько частей в задании --job
  --parquet         run, merge, compare, brief: таблицы в --out и как Parquet
                    (нужна DuckDB)
  --idle С --lock С worker: завершиться после С секунд без работы; молчащий С
                    секунд теряет свою часть (обычно 30)
${COMMON.ru}`,
  },
  serve: {
    en: `foothold serve [--port N]
foothold serve --expose ADDRESS --name HOST --token-fd N

The page in a browser, from this device and for this device only: the loopback
address. It keeps no log and is told nothing; what you tell stays in the browser.
To stop it: Ctrl+C.

  --port N          default 8377; 0 takes any free one
  --expose ADDRESS  for organisations: with a token and TLS in front (docs/api.md)
  --lang en|ru      language of these messages
  -h, --help        this page
`,
    ru: `foothold serve [--port N]
foothold serve --expose АДРЕС --name ИМЯ --token-fd N

Страница в браузере с этого устройства и только для него (адрес 127.0.0.1).
Ничего не записывает и ничего не узнаёт: всё, что вы скажете, остаётся в браузере.
Остановить: Ctrl+C.

  --port N          по умолчанию 8377; 0 — любой свободный
  --expose АДРЕС    для организаций: с токеном и TLS перед ним (docs/api.md)
  --lang en|ru      язык этих сообщений
  -h, --help        эта страница
`,
  },
};

const OVERVIEW: Topic = {
  en: `Foothold finds lawful ground for people in exile. It runs on this device only.

  foothold plan PERSON.yaml             dated steps to a stable home
  foothold check PERSON.yaml [ROUTE…]   what is open today, and why
  foothold stay PERSON.yaml AREA        days used and left
  foothold changes --from DAY           what changed in the law
  foothold law list | show ID | check   the law itself
  foothold screen ORGANISATION          is an employer on a sanctions list
  foothold vault new | add | list | …   many cases, encrypted (for advisers)
  foothold lab coverage | run | …       the law for an invented population
  foothold serve                        the page in a browser, on this device

More on one command: foothold plan --help. Examples of person files: people/.
Foothold is not a lawyer.
`,
  ru: `«Опора» (foothold) ищет, где людям в изгнании можно жить законно. Всё считается
только на этом устройстве.

  foothold plan ЧЕЛОВЕК.yaml              план: что, где и к какому дню делать
  foothold check ЧЕЛОВЕК.yaml [ОСНОВАНИЕ…]  что открыто сегодня и почему
  foothold stay ЧЕЛОВЕК.yaml ЗОНА         сколько дней прошло и осталось
  foothold changes --from ДЕНЬ            что изменилось в праве
  foothold law list | show ЗАПИСЬ | check само право
  foothold screen ОРГАНИЗАЦИЯ             есть ли работодатель в санкционных списках
  foothold vault new | add | list | …     много дел, зашифровано (для помощников)
  foothold lab coverage | run | …         право для вымышленного населения
  foothold serve                          страница в браузере, на этом устройстве

Подробнее об одной команде: foothold plan --help. Примеры файлов: people/.
«Опора» — не юрист.
`,
};

/** The page of one command, or the overview. */
export function help(topic: string | undefined, lang: Lang): string {
  return (topic === undefined ? OVERVIEW : (TOPICS[topic] ?? OVERVIEW))[lang];
}
