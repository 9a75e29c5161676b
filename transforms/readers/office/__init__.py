"""What the readers of word-processing formats (DOCX, DOC, RTF, ODT) share."""
