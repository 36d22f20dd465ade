import ts from 'typescript';
import { type Plan, within } from './plan.ts';
import { isSpec, offence, type Offence, type Source, visit } from './source.ts';

/** A word the house does without: where it is banned, how it is recognised, and what to do instead. */
interface Ban {
  readonly name: string;
  readonly where: (plan: Plan, path: string) => boolean;
  readonly found: (node: ts.Node) => boolean;
  readonly instead: string;
}

const everywhere = (): boolean => true;
const product = (_: Plan, path: string): boolean => !isSpec(path) && !path.startsWith('test/');
const specs = (_: Plan, path: string): boolean => isSpec(path);
const lifecycles = (_: Plan, path: string): boolean => path.startsWith('workflows/') && !isSpec(path);
const pure = (plan: Plan, path: string): boolean => !isSpec(path) && plan.pure.some((folder) => within(path, folder));
const legal = (plan: Plan, path: string): boolean => !isSpec(path) && [...plan.pure, ...plan.legalTime].some((folder) => within(path, folder));

const named = (node: ts.Node | undefined, ...names: string[]): boolean => node !== undefined && ts.isIdentifier(node) && names.includes(node.text);
const member = (node: ts.Node, object: string, ...names: string[]): boolean =>
  ts.isPropertyAccessExpression(node) && named(node.expression, object) && names.includes(node.name.text);
const property = (node: ts.Node, ...names: string[]): boolean =>
  ts.isPropertyAssignment(node) && (ts.isIdentifier(node.name) || ts.isStringLiteral(node.name)) && names.includes(node.name.text);
const exportsDefault = (node: ts.Node): boolean =>
  (ts.isExportAssignment(node) && node.isExportEquals !== true) || node.kind === ts.SyntaxKind.DefaultKeyword && !ts.isDefaultClause(node.parent)
  || (ts.isExportSpecifier(node) && node.name.text === 'default');
const moduleLevel = (node: ts.Node): boolean =>
  ts.isVariableStatement(node) && ts.isSourceFile(node.parent) && (node.declarationList.flags & ts.NodeFlags.Const) === 0;
const readsWallClock = (node: ts.Node): boolean =>
  (ts.isNewExpression(node) && named(node.expression, 'Date') && (node.arguments?.length ?? 0) === 0)
  || (ts.isCallExpression(node) && named(node.expression, 'Date'))
  || member(node, 'Date', 'now') || member(node, 'performance', 'now') || member(node, 'Temporal', 'Now');
const sqlClock = /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\bcurrent_(timestamp|date)\b/i;
const asksSqlClock = (node: ts.Node): boolean =>
  (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) && sqlClock.test(node.text);

const builtIn = (name: string): boolean => /Error$/.test(name) || name in globalThis;
/** `extends` is for faults and for what a framework demands: its name comes from a package or the language. */
const ownBase = (node: ts.Node): boolean => {
  if (node.kind === ts.SyntaxKind.AbstractKeyword) return true;
  if (!ts.isHeritageClause(node) || node.token !== ts.SyntaxKind.ExtendsKeyword || ts.isInterfaceDeclaration(node.parent)) return false;
  const base = node.types[0]?.expression;
  if (base === undefined || !ts.isIdentifier(base) || builtIn(base.text)) return false;
  return !node.getSourceFile().statements.some((statement) => ts.isImportDeclaration(statement)
    && ts.isStringLiteral(statement.moduleSpecifier) && !/^[.#]/.test(statement.moduleSpecifier.text)
    && statement.importClause?.getText().match(new RegExp(`\\b${base.text}\\b`)) != null);
};

const bans: readonly Ban[] = [
  { name: 'forwardRef', where: everywhere, found: (node) => named(node, 'forwardRef'), instead: 'cut the circle: one of the two does not need the other' },
  { name: 'dynamicImport', where: product, found: (node) => ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword, instead: 'import at the top' },
  { name: 'timerInLifecycle', where: lifecycles, found: (node) => property(node, 'after', 'invoke') || named(node, 'spawn', 'spawnChild'), instead: 'a deadline is a clock row, an effect is data' },
  { name: 'wallClock', where: legal, found: (node) => readsWallClock(node) || asksSqlClock(node), instead: 'time arrives with the event; in SQL it is tranche_now()' },
  { name: 'random', where: legal, found: (node) => member(node, 'Math', 'random'), instead: 'the caller passes what it drew' },
  { name: 'any', where: pure, found: (node) => node.kind === ts.SyntaxKind.AnyKeyword, instead: 'say the type, or unknown' },
  { name: 'nonNull', where: pure, found: (node) => ts.isNonNullExpression(node), instead: 'handle the missing value' },
  { name: 'moduleLet', where: everywhere, found: moduleLevel, instead: 'state belongs to an object that somebody owns' },
  { name: 'baseClass', where: everywhere, found: ownBase, instead: 'compose' },
  { name: 'defaultExport', where: everywhere, found: exportsDefault, instead: 'export by name' },
  { name: 'exportAll', where: everywhere, found: (node) => ts.isExportDeclaration(node) && node.exportClause === undefined, instead: 'name what the door shows' },
  { name: 'mock', where: everywhere, found: (node) => member(node, 'jest', 'mock', 'doMock', 'unstable_mockModule', 'spyOn'), instead: 'the real thing, or a fake at a port' },
  { name: 'sleep', where: specs, found: (node) => named(node, 'setTimeout', 'setInterval') || (ts.isStringLiteral(node) && /^(node:)?timers/.test(node.text)), instead: 'wait for the fact, or move the clock' },
  { name: 'softTest', where: specs, found: (node) => ['test', 'it', 'describe'].some((name) => member(node, name, 'skip', 'only', 'todo', 'failing')) || named(node, 'xtest', 'xit', 'xdescribe', 'fdescribe', 'fit'), instead: 'a test runs or does not exist' },
  { name: 'environment', where: (_, path) => !/^apps\/[^/]+\/config(\.spec)?\.ts$/.test(path) && !path.startsWith('test/harness/'), found: (node) => member(node, 'process', 'env'), instead: 'apps/installation/config.ts reads it once' },
];

/** Every banned word in a file, unless ARCHITECTURE.md excepts the file from that rule. */
export function banned(plan: Plan, source: Source): Offence[] {
  const active = bans.filter((ban) => ban.where(plan, source.path));
  const found: Offence[] = [];
  visit(source.tree, (node) => {
    for (const ban of active) if (ban.found(node)) found.push(offence(source, node.getStart(), `${ban.name}: ${ban.instead}`));
  });
  return [...found, ...comments(source)];
}

const soft = /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck|expect-error)|eslint-disable/;
const code = /^(import|export|const|let|var|return|await|throw|if|for|while|switch|case|expect|class|function|async)\b.*[;{}(,]$|^[\w.$]+\(.*\)\s*(;|\{|=>)$|^[\w.$[\]]+ = .*;$|^[})\]]+[;,)]*$/;

/** Comments that promise work for later, and comments that look like code somebody could not let go of. */
function comments(source: Source): Offence[] {
  const ranges = new Map<number, ts.CommentRange>();
  visit(source.tree, (node) => {
    for (const range of ts.getLeadingCommentRanges(source.text, node.getFullStart()) ?? []) ranges.set(range.pos, range);
    for (const range of ts.getTrailingCommentRanges(source.text, node.getEnd()) ?? []) ranges.set(range.pos, range);
  });
  return [...ranges.values()].flatMap(({ pos, end }) => {
    const lines = source.text.slice(pos, end).split('\n').map((line) => line.replace(/^\s*(\/\/+|\/?\*+)/, '').replace(/\*\/$/, '').trim());
    return lines.flatMap((line) => [
      ...(soft.test(line) ? [offence(source, pos, 'softComment: do it, or file it')] : []),
      ...(code.test(line) ? [offence(source, pos, 'deadCode: commented-out code; the history keeps it')] : []),
    ]);
  });
}
