export const pageRows = async () => [];
