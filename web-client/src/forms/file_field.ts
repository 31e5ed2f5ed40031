// A form with a file: the file goes first, with a line that says how far it is and a button to stop it.
import { Upload, type Uploaded, type UploadTools } from "./upload.ts";

const KEPT = "witan-upload:";

/** The field under whose name the gateway wants to know which file was handed in. */
export const UPLOAD = "upload";
/** The field in which a paper may be written in place of a file. */
export const WRITTEN = "text";
const WRITTEN_NAME = "paper.md";

/** Whether it was written in the form: then its faults are those of the text. */
export function isWritten(form: HTMLFormElement): boolean {
  return !form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
}

/** What is handed in with a form: the file that was chosen, what was written in place of one, or why neither will do. */
export function handedIn(form: HTMLFormElement): File | { trouble: string } | undefined {
  if (form.enctype !== "multipart/form-data") return undefined;
  const field = form.querySelector<HTMLInputElement>("input[type=file]");
  const text = form.querySelector<HTMLTextAreaElement>(`textarea[name=${WRITTEN}]`);
  const chosen = field?.files?.[0];
  const written = text?.value ?? "";
  if (chosen && written !== "") return { trouble: "Choose a file, or write the text, not both." };
  if (chosen) return chosen;
  if (written !== "") return new File([written], WRITTEN_NAME, { type: "text/markdown" });
  return { trouble: !text ? "Choose a file." : field ? "Choose a file, or write the text." : "Write the text." };
}

/** Names the same file for the same meeting, also after the page was loaded again. */
function keyOf(file: File, meeting: string): string {
  return `${KEPT}${meeting}:${file.name}:${file.size}:${file.lastModified}`;
}

export function forgetUpload(file: File, meeting: string): void {
  sessionStorage.removeItem(keyOf(file, meeting));
}

interface Line {
  element: HTMLElement;
  show(sent: number, isWaiting: boolean): void;
}

function lineFor(form: HTMLFormElement, file: File, stop: () => void): Line {
  const element = document.createElement("div");
  element.className = "app-upload";
  element.dataset["formState"] = "";
  const bar = document.createElement("progress");
  bar.max = file.size;
  bar.setAttribute("aria-label", `How much of ${file.name} has been sent`);
  const text = document.createElement("p");
  text.className = "app-form-state";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary app-button--small";
  button.textContent = "Cancel sending the file";
  button.addEventListener("click", stop);
  element.append(bar, text, button);
  form.querySelector("[data-form-state]")?.remove();
  form.append(element);
  return {
    element,
    show: (sent, isWaiting) => {
      bar.value = sent;
      const percent = Math.floor((100 * sent) / Math.max(1, file.size));
      text.textContent = isWaiting ? `${percent}% sent. The connection is lost; it goes on by itself.` : `${percent}% sent`;
    },
  };
}

type Needs = Pick<UploadTools, "csrf" | "meeting" | "onPage" | "newId">;

/** Sends the file, from where it was left if it was begun before. */
export async function sendFile(form: HTMLFormElement, file: File, needs: Needs): Promise<Uploaded> {
  const stopping = new AbortController();
  const line = lineFor(form, file, () => stopping.abort());
  const upload = new Upload(file, { ...needs, progress: line.show, signal: stopping.signal });
  const key = keyOf(file, needs.meeting);
  try {
    const outcome = await upload.run(sessionStorage.getItem(key) ?? "", (name) => sessionStorage.setItem(key, name));
    if (outcome.kind === "cancelled") await upload.cancel();
    if (outcome.kind === "cancelled" || outcome.kind === "refused") sessionStorage.removeItem(key);
    return outcome;
  } finally {
    line.element.remove();
  }
}
