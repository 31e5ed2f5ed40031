/// Papers as people hand them in: with script piece by piece, and without it in a form.
import { newId, type Answer, type JsonObject, type Person } from "./http.ts";

const pieceBytes = 512 * 1024;

/// A PDF of one page that says `words`, with as much in it as makes it so long. Each of another length differs.
/// `catalog`: more of what its first object says.
export function pdf(words: string, bytes = 0, catalog = ""): Buffer {
  const head = Buffer.from(`%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R${catalog}>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>\nendobj\n`);
  const text = `BT (${words}) Tj ET`;
  const content = (more: number): Buffer => Buffer.from(`4 0 obj\n<</Length ${text.length + more}>>\nstream\n${text}${".".repeat(more)}\nendstream\nendobj\n`);
  const end = (at: number): Buffer => Buffer.from(`xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 5/Root 1 0 R>>\nstartxref\n${at}\n%%EOF\n`);
  const whole = (more: number): Buffer => {
    const body = Buffer.concat([head, content(more)]);
    return Buffer.concat([body, end(body.length)]);
  };
  let made = whole(0);
  let more = 0;
  for (let tries = 0; bytes > 0 && made.length !== bytes && tries < 9; ++tries) made = whole((more += bytes - made.length));   // the numbers in it grow too
  return made;
}

/// A PDF with a page for each of the texts, in letters that can be read again.
export function pdfOfPages(texts: readonly string[]): Buffer {
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", `<</Type/Pages/Kids[${texts.map((_, n) => `${4 + 2 * n} 0 R`).join(" ")}]/Count ${texts.length}>>`, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"];
  texts.forEach((text, n) => {
    const content = `BT /F1 12 Tf 20 150 Td 14 TL ${text.split("\n").map((line) => `(${line.replace(/[()\\]/g, "\\$&")}) Tj T*`).join(" ")} ET`;
    objects.push(`<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents ${5 + 2 * n} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`, `<</Length ${content.length}>>\nstream\n${content}\nendstream`);
  });
  let body = "%PDF-1.4\n";
  const offsets = objects.map((object, n) => {
    const at = body.length;
    body += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`, "latin1");
}

/// A form in which the paper is written, as a browser without script sends it: no file is chosen.
export async function sendWritten(person: Person, command: string, fields: { [name: string]: string }, text: string): Promise<Answer> {
  return sendForm(person, command, { ...fields, text }, { name: "", content: Buffer.alloc(0) });
}

export async function begin(person: Person, meeting: string, content: Buffer, fileName = "paper.pdf"): Promise<string> {
  const { result } = await person.command("meetings.begin_upload", { meeting, file_name: fileName, bytes: content.length });
  return result["upload"] ?? "";
}

export async function put(person: Person, upload: string, offset: number, bytes: Buffer, csrf = person.csrf): Promise<Answer> {
  return person.send("POST", `/uploads/${upload}?offset=${offset}`, bytes, { "content-type": "application/octet-stream", "x-csrf-token": csrf });
}

/// Begins an upload and sends all of it.
export async function handIn(person: Person, meeting: string, content: Buffer, fileName = "paper.pdf"): Promise<string> {
  const upload = await begin(person, meeting, content, fileName);
  for (let offset = 0; offset < content.length; offset += pieceBytes) {
    const { status, text } = await put(person, upload, offset, content.subarray(offset, offset + pieceBytes));
    if (status !== 200) throw new Error(`a piece at ${offset}: ${status} ${text}`);
  }
  return upload;
}

export interface PaperOf {
  meeting: string;
  item: string;
  title?: string;
}

export async function addPaper(person: Person, { meeting, item, title = "A paper" }: PaperOf, more: JsonObject = {}, content = pdf(title)): Promise<string> {
  const upload = await handIn(person, meeting, content, content.subarray(0, 5).toString() === "%PDF-" ? "paper.pdf" : "paper.md");
  const { result } = await person.command("meetings.add_paper", { meeting, item, title, upload, ...more });
  return result["paper"] ?? "";
}

export interface FileToSend {
  name: string;
  content: Buffer;
}

/// A form with a file in it, as a browser without script sends it.
export function formWithFile(person: Person, fields: { [name: string]: string }, file: FileToSend, csrf = person.csrf): { body: Buffer; type: string } {
  const boundary = `----witan${newId()}`;
  const all = { csrf, command_id: newId(), form: "form", on_page: "/help", return_to: "/help", ...fields };
  const parts = Object.entries(all).map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const last = `--${boundary}\r\nContent-Disposition: form-data; name="upload"; filename="${file.name}"\r\nContent-Type: application/pdf\r\n\r\n`;
  return { body: Buffer.concat([Buffer.from(parts.join("") + last), file.content, Buffer.from(`\r\n--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` };
}

export async function sendForm(person: Person, command: string, fields: { [name: string]: string }, file: FileToSend, csrf = person.csrf): Promise<Answer> {
  const { body, type } = formWithFile(person, fields, file, csrf);
  return person.send("POST", `/do/${command}`, body, { "content-type": type, accept: "text/html" }, 60_000);
}
