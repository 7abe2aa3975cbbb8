// A file that the server makes, fetched here and then saved: so a refusal is said on the page instead of being saved as
// a file.
import { needFile } from './api.ts';

// Gives the headers of the answer. Throws as needFile().
export async function saveFile(address: string): Promise<Headers> {
  const { content, name, headers } = await needFile(address);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return headers;
}
