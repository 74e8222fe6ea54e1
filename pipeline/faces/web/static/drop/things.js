// What somebody dropped or chose: files, and folders with the files in them.
const isHidden = (name) => name.startsWith(".") || /^(thumbs\.db|desktop\.ini)$/i.test(name);

// [{ name, isFolder, files: [File] }]
export async function droppedThings(transfer) {
  const entries = [...transfer.items].filter((item) => item.kind === "file").map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
  const things = [];
  for (const [entry, file] of entries) {
    if (entry?.isDirectory) things.push({ name: entry.name, isFolder: true, files: await filesIn(entry) });
    else if (file && !isHidden(file.name)) things.push({ name: file.name, isFolder: false, files: [file] });
  }
  return things;
}

export const chosenFiles = (list) =>
  [...list].filter((file) => !isHidden(file.name)).map((file) => ({ name: file.name, isFolder: false, files: [file] }));

// The browser gives each file with its path; the first part names the folder that was chosen.
export function chosenFolder(list) {
  const files = [...list].filter((file) => !isHidden(file.name));
  if (!files.length) return [];
  const parts = files[0].webkitRelativePath.split("/");
  const direct = files.filter((file) => file.webkitRelativePath.split("/").length === 2);
  if (direct.length) return [{ name: parts[0], isFolder: true, files: direct }];
  const inner = Map.groupBy?.(files, (file) => file.webkitRelativePath.split("/").at(-2)) ?? new Map([[parts[0], files]]);
  return [...inner].map(([name, found]) => ({ name, isFolder: true, files: found }));
}

async function filesIn(folder) {
  const reader = folder.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) break;
    for (const entry of some) {
      if (entry.isFile && !isHidden(entry.name)) found.push(await new Promise((done, failed) => entry.file(done, failed)));
    }
  }
  return found;
}
