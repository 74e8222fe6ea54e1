// Recordings may be dropped anywhere on the board: the dialog opens where they go.
const dialog = document.getElementById("bring-dialog");

addEventListener("dragenter", (event) => {
  if (event.dataTransfer?.types.includes("Files") && !dialog.open) dialog.showModal();
});
document.getElementById("bring-close").addEventListener("click", () => dialog.close());
