"""Archives -> the files in them. Documents that are zips (DOCX, XLSX, OFD) are no archives."""
