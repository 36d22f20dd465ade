import ts from 'typescript';
import type { Plan } from './plan.ts';
import { isSpec, offence, type Offence, type Source, visit } from './source.ts';

const LIMITS = { file: 300, function: 60, dependencies: 5 } as const;
const VAGUE = ['common', 'shared', 'utils', 'types', 'helpers', 'src'];

/** The chapters of a spec are as long as their tests; every test in them is measured. */
const isChapter = (source: Source, node: ts.Node): boolean =>
  isSpec(source.path) && ts.isCallExpression(node.parent) && /^describe\b/.test(node.parent.expression.getText());

/** Files, functions and constructors that have grown past the house's sizes. */
export function oversized(source: Source): Offence[] {
  const found: Offence[] = [];
  const lineOf = (position: number): number => source.tree.getLineAndCharacterOfPosition(position).line;
  const lines = source.text.replace(/\n$/, '').split('\n').length;
  if (lines > LIMITS.file) found.push(offence(source, 0, `fileSize: ${lines} lines, more than ${LIMITS.file}; is it one thing?`));
  visit(source.tree, (node) => {
    if (!ts.isFunctionLike(node)) return;
    const length = lineOf(node.end) - lineOf(node.getStart()) + 1;
    if (length > LIMITS.function && !isChapter(source, node)) found.push(offence(source, node.getStart(), `functionSize: ${length} lines, more than ${LIMITS.function}`));
    if (ts.isConstructorDeclaration(node) && node.parameters.length > LIMITS.dependencies) {
      found.push(offence(source, node.getStart(), `constructorSize: ${node.parameters.length} dependencies, more than ${LIMITS.dependencies}`));
    }
  });
  return found;
}

/** Folders whose name says nothing. */
export const vague = (source: Source): Offence[] =>
  source.path.split('/').slice(0, -1).filter((folder) => VAGUE.includes(folder))
    .map((folder) => offence(source, 0, `vagueFolder: '${folder}' says nothing; name it after its noun`));

/** Top-level folders that nobody agreed on. */
export const strangers = (plan: Plan, folders: readonly string[]): string[] => folders.filter((folder) => !plan.topLevel.includes(folder));

const EXACT = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Packages whose version is a range: an install of next month would be another program. */
export function unpinned(manifest: { readonly [section: string]: unknown }): string[] {
  return ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((section) =>
    Object.entries((manifest[section] ?? {}) as Record<string, string>)
      .filter(([, version]) => !EXACT.test(version)).map(([name, version]) => `${section}: ${name} ${version}`));
}
