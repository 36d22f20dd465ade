import { posix } from 'node:path';
import ts from 'typescript';
import { homeOf, type Plan, wallOf, within } from './plan.ts';
import { isSpec, offence, type Offence, type Source } from './source.ts';

const packageOf = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

/** Whether a list such as `pg, @nestjs/*, node:crypto` covers a package. */
const covers = (list: readonly string[], name: string): boolean =>
  list.some((entry) => entry === name || (entry.endsWith('*') && name.startsWith(entry.slice(0, -1))));

/** The folder behind `#name`, or null where the name reaches past a door. */
function doorOf(specifier: string): string | null {
  const name = specifier.slice(1);
  return /^(apps|test)\/[^/]+$/.test(name) || /^[^/]+$/.test(name) ? name : null;
}

/** Inside a folder everything is open; a folder below shows only its door. */
function insideHome(plan: Plan, path: string, specifier: string): string | null {
  const target = posix.join(posix.dirname(path), specifier);
  const [from, to] = [homeOf(plan, path), homeOf(plan, target)];
  if (!/\.(tsx?|json)$/.test(specifier)) return 'name the file with its extension';
  if (from !== undefined && from === to) return null;
  if (from !== undefined && to !== undefined && within(to + '/', from) && target === `${to}/index.ts`) return null;
  return 'a relative import stays in its folder; across a wall import `#name`';
}

function objection(plan: Plan, path: string, specifier: string): string | null {
  const wall = wallOf(plan, path);
  if (wall === undefined) return null;
  const spec = isSpec(path);
  if (specifier.startsWith('.')) return insideHome(plan, path, specifier);
  if (specifier.startsWith('#')) {
    const door = doorOf(specifier);
    if (door === null) return 'is a deep import: only a folder\'s index.ts is open';
    if (`libs/${door}` === homeOf(plan, path) || door === homeOf(plan, path)) return null;
    return covers(wall.ours, door) || (spec && covers(plan.specs.ours, door)) ? null : `is not in the row of ${wall.folder}`;
  }
  const pure = plan.pure.some((folder) => within(path, folder));
  const name = packageOf(specifier);
  if (specifier.startsWith('node:') && !pure) return null;
  return covers(wall.theirs, name) || (spec && covers(plan.specs.theirs, name)) ? null : `is not in the row of ${wall.folder}`;
}

/** Every import that the table does not allow, and every file outside the table. */
export function walls(plan: Plan, source: Source): Offence[] {
  if (wallOf(plan, source.path) === undefined) return [offence(source, 0, 'unlisted: no row of ARCHITECTURE.md covers this file')];
  return ts.preProcessFile(source.text).importedFiles.flatMap(({ fileName, pos }) => {
    const reason = objection(plan, source.path, fileName);
    return reason === null ? [] : [offence(source, pos, `import: '${fileName}' ${reason}`)];
  });
}

/** Packages that a file needs at run time although only `npm ci` with development packages brings them. */
export function undeclared(source: Source, dependencies: readonly string[]): Offence[] {
  if (isSpec(source.path) || source.path.startsWith('test/')) return [];
  return ts.preProcessFile(source.text).importedFiles
    .filter(({ fileName }) => !/^(\.|#|node:)/.test(fileName) && !dependencies.includes(packageOf(fileName)))
    .map(({ fileName, pos }) => offence(source, pos, `import: '${fileName}' is not among the dependencies of package.json`));
}

/** Rows without a file, and allowances that nobody uses: the table shows the house as built. */
export function idle(plan: Plan, sources: readonly Source[]): string[] {
  return [...plan.walls, plan.specs].flatMap(({ folder, ours, theirs }) => {
    const inhabitants = sources.filter(({ path }) => (folder === plan.specs.folder ? isSpec(path) : wallOf(plan, path)?.folder === folder));
    if (inhabitants.length === 0) return [`${folder}: there is no such folder yet`];
    const used = inhabitants.flatMap(({ text }) => ts.preProcessFile(text).importedFiles)
      .map(({ fileName }) => (fileName.startsWith('#') ? fileName.slice(1) : packageOf(fileName)));
    return [...ours, ...theirs].filter((entry) => entry !== '*' && !used.some((name) => covers([entry], name))).map((entry) => `${folder}: nobody there uses ${entry}`);
  });
}

/** Folders that use each other in a circle, by the table alone. */
export function circles(plan: Plan): string[] {
  const usesOf = (folder: string): string[] =>
    plan.walls.filter((wall) => wall.folder === folder || wall.folder === `libs/${folder}`).flatMap(({ ours }) => ours);
  const reaches = (from: string, goal: string, seen = new Set<string>()): boolean =>
    usesOf(from).some((next) => next === goal || (!seen.has(next) && reaches(next, goal, seen.add(next))));
  return plan.walls.map(({ folder }) => folder.replace(/^libs\//, '')).filter((folder) => reaches(folder, folder));
}
