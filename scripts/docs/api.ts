/**
 * The reference of the library, from the declarations that the compiler writes (`.d.ts` in `dist/lib`): for each entry point of the package
 * what it exports, with its type and the comment that stands above it in the source. The parser is the one the page's builder brings.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAst } from 'vite';

/** One exported name of an entry point. */
export type Exported = {
  readonly name: string;
  readonly kind: 'function' | 'type' | 'class' | 'constant';
  /** The declaration as it stands, without `export declare`; one a signature. */
  readonly code: readonly string[];
  /** The comment above it as Markdown, without stars; empty where there is none. */
  readonly comment: string;
};

export type EntryPoint = {
  /** The name programs import it by, `foothold/rules`. */
  readonly name: string;
  /** The comment at the head of its file. */
  readonly comment: string;
  readonly exports: readonly Exported[];
};

type Ast = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };
type Id = { readonly name: string };
type Specifier = { readonly local: Id; readonly exported: Id; readonly imported: Id };
type Module = { readonly file: string; readonly text: string; readonly body: readonly Ast[] };

const KINDS: Readonly<Record<string, Exported['kind']>> = {
  TSDeclareFunction: 'function',
  FunctionDeclaration: 'function',
  TSTypeAliasDeclaration: 'type',
  TSInterfaceDeclaration: 'type',
  TSEnumDeclaration: 'type',
  ClassDeclaration: 'class',
  VariableDeclaration: 'constant',
};

const modules = new Map<string, Module>();

function load(file: string): Module {
  const known = modules.get(file);
  if (known) return known;
  const text = readFileSync(file, 'utf8');
  const { body } = parseAst(text, { lang: 'dts' }) as unknown as { readonly body: readonly Ast[] };
  const made = { file, text, body };
  modules.set(file, made);
  return made;
}

/** The declarations that `from` stands for, seen from a module; undefined for a package. */
function target(module: Module, from: unknown): Module | undefined {
  const path = (from as { readonly value: string }).value;
  if (!path.startsWith('.')) return undefined;
  const file = join(dirname(module.file), path.replace(/\.[jt]s$/, '.d.ts'));
  if (!existsSync(file)) throw new Error(`${module.file}: ${path} leads nowhere (${file})`);
  return load(file);
}

/** The comment that ends right above an offset, without its stars. */
function commentAbove(text: string, at: number): string {
  const before = text.slice(0, at).trimEnd();
  if (!before.endsWith('*/')) return '';
  const from = before.lastIndexOf('/**');
  return from < 0 ? '' : bare(before.slice(from));
}

const bare = (comment: string): string =>
  comment
    .replace(/^\/\*\*+|\*+\/$/g, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, ''))
    .join('\n')
    .trim();

const inner = (node: Ast): Ast =>
  node.type === 'ExportNamedDeclaration' && node.declaration ? (node.declaration as Ast) : node;

function namesOf(declaration: Ast): readonly string[] {
  if (declaration.type === 'VariableDeclaration')
    return (declaration.declarations as readonly { readonly id: Id }[]).map((d) => d.id.name);
  const id = declaration.id as Id | null | undefined;
  return id && KINDS[declaration.type] ? [id.name] : [];
}

/** What a name of a module is, wherever it is declared. */
function declared(module: Module, name: string, as: string): Exported | undefined {
  const found = module.body.filter((node) => namesOf(inner(node)).includes(name));
  if (found.length) {
    const kind = KINDS[inner(found[0] as Ast).type] as Exported['kind'];
    return {
      name: as,
      kind,
      code: found.map((node) =>
        module.text
          .slice(inner(node).start, inner(node).end)
          .replace(/^declare /, '')
          .trim(),
      ),
      comment: found.map((node) => commentAbove(module.text, node.start)).find(Boolean) ?? '',
    };
  }
  for (const node of module.body) {
    const specifiers = (node.specifiers ?? []) as readonly Specifier[];
    if (node.type === 'ImportDeclaration') {
      const s = specifiers.find((x) => x.local.name === name);
      const next = s && target(module, node.source);
      if (s && next) return declared(next, s.imported?.name ?? name, as);
    }
    if (node.type === 'ExportNamedDeclaration' && node.source) {
      const s = specifiers.find((x) => x.exported.name === name);
      const next = s && target(module, node.source);
      if (s && next) return declared(next, s.local.name, as);
    }
    if (node.type === 'ExportAllDeclaration') {
      const next = target(module, node.source);
      const there = next && declared(next, name, as);
      if (there) return there;
    }
  }
  return undefined;
}

/** Every name that a module exports, in the order of its text. */
function exportedNames(module: Module): readonly string[] {
  const out: string[] = [];
  for (const node of module.body) {
    if (node.type === 'ExportNamedDeclaration') {
      out.push(...namesOf(inner(node)));
      out.push(...((node.specifiers ?? []) as readonly Specifier[]).map((s) => s.exported.name));
    } else if (node.type === 'ExportAllDeclaration') {
      const next = target(module, node.source);
      if (next) out.push(...exportedNames(next));
    }
  }
  return [...new Set(out)];
}

/**
 * Every entry point of the package with types, in the order of `package.json`.
 * @param lib where the compiler's declarations are: `dist/lib` after `npm run build`, or a folder they were written to.
 */
export function entryPoints(root: string, lib = join(root, 'dist', 'lib')): readonly EntryPoint[] {
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
  };
  return Object.entries(exports).flatMap(([path, to]) => {
    if (typeof to === 'string') return [];
    const module = load(to.types.replace(/^\.\/dist\/lib/, lib));
    // The compiler drops the head of a file whose first line it drops: it is read from the source.
    const source = readFileSync(join(root, to.types.replace('./dist/lib/', 'src/').replace(/\.d\.ts$/, '.ts')), 'utf8');
    const head = /^\s*\/\*\*[\s\S]*?\*\//.exec(source)?.[0];
    return {
      name: `foothold${path.slice(1)}`,
      comment: head ? bare(head.trim()) : '',
      exports: exportedNames(module).map((name) => {
        const d = declared(module, name, name);
        if (!d) throw new Error(`${module.file}: the declaration of ${name} was not found`);
        return d;
      }),
    };
  });
}

const ORDER: readonly Exported['kind'][] = ['function', 'class', 'constant', 'type'];
const HEADS = { function: 'Functions', class: 'Classes', constant: 'Constants', type: 'Types' } as const;

/** One entry point as Markdown. A heading a name, so that it can be linked to. */
export function entryMarkdown(entry: EntryPoint): string {
  const out = [`# ${entry.name}`, '', tags(entry.comment), ''];
  for (const kind of ORDER) {
    const names = entry.exports.filter((e) => e.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1));
    if (names.length === 0) continue;
    out.push(`## ${HEADS[kind]}`, '');
    for (const e of names) out.push(`### ${e.name}`, '', '```ts', e.code.join('\n'), '```', '', tags(e.comment), '');
  }
  return `${out.join('\n').trimEnd()}\n`;
}

/** `@param x what` and its like as a list in words. */
function tags(comment: string): string {
  const words: Readonly<Record<string, string>> = { returns: 'Returns', throws: 'Throws' };
  return comment
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .split(/\n(?=@)|^(?=@)/)
    .map((part) => {
      const param = /^@param (\S+)\s+([\s\S]*)$/.exec(part);
      if (param) return `- \`${param[1]}\`: ${(param[2] as string).replace(/\s*\n\s*/g, ' ')}`;
      const other = /^@(\w+)\s+([\s\S]*)$/.exec(part);
      if (other) return `- ${words[other[1] as string] ?? other[1]}: ${(other[2] as string).replace(/\s*\n\s*/g, ' ')}`;
      return `${part}\n`;
    })
    .join('\n');
}
