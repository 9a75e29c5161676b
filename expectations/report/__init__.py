"""Published warehouse -> what people read: the page, the workbook, the lists."""
